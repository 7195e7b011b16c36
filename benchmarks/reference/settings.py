"""Settings of the naive reference: the tutorial's, plus where the servers are."""

import os
from urllib.parse import urlsplit

_database = urlsplit(os.environ["DATABASE_URL"])

SECRET_KEY = "only for measuring on loopback"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
INSTALLED_APPS = ["daphne", "channels", "benchmarks.reference"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "benchmarks.reference.urls"
ASGI_APPLICATION = "benchmarks.reference.asgi.application"
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.path.lstrip("/"),
        "USER": _database.username,
        "PASSWORD": _database.password,
        "HOST": _database.hostname,
        "PORT": _database.port,
        "CONN_MAX_AGE": {"default": 0, "kept": None}[
            os.environ.get("REFERENCE_CONNECTIONS", "default")
        ],
    }
}

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            "hosts": [
                {
                    "address": os.environ["REDIS_URL"],
                    # redis-py 8 gives up after 5 s, as long as the layer's own blocking read
                    # takes: without this every quiet socket dies.
                    "socket_timeout": 20,
                    # redis-py 8 raises at 100 connections.
                    "max_connections": 1000,
                }
            ],
            # All sockets of a process share one queue in Redis; past 100 the layer drops.
            "capacity": 10_000,
        },
    }
}
