"""The environment, typed: every variable the product reads, refused when it makes no sense.

`docs/settings.md` documents each one; a house test compares the two.
"""

import os
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from helpdesk.devstack.state import running_urls


class Environment(BaseSettings):
    """Values come from the environment, then `/run/secrets`, then a running `script/server`."""

    model_config = SettingsConfigDict(secrets_dir=None, extra="ignore", frozen=True)

    secret_key: SecretStr = Field(min_length=32)
    database_url: SecretStr
    redis_url: SecretStr
    debug: bool = False
    allowed_hosts: Annotated[list[str], NoDecode] = ["localhost", "127.0.0.1", "[::1]"]
    public_url: str = "http://localhost:8000"
    site_name: str = Field(default="Helpdesk", min_length=1, max_length=60)
    time_zone: str = "Europe/Istanbul"
    log_format: Literal["console", "json"] = "json"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    email_url: str = "console://"
    email_from: str = "helpdesk@localhost"
    reply_domain: str = Field(default="", pattern=r"^([a-z0-9-]+(\.[a-z0-9-]+)+)?$")

    live_prefix: str = Field(default="live", pattern=r"^[a-z0-9:_-]{1,40}$")
    live_stream_length: int = Field(default=100_000, ge=1_000)
    live_memory_length: int = Field(default=50_000, ge=500)
    live_heartbeat_seconds: int = Field(default=25, ge=1, le=120)
    live_reset_spread_ms: int = Field(default=2_000, ge=0, le=60_000)
    live_unconfirmed_limit: int = Field(default=2_000, ge=200)
    db_pool_threads: int = Field(default=8, ge=1, le=64)
    visitor_sockets: int = Field(default=10, ge=1)
    visitor_messages_per_10s: int = Field(default=20, ge=1)
    chat_body_limit: int = Field(default=10_000, ge=100, le=100_000)
    attachment_limit_mb: int = Field(default=25, ge=1, le=200)
    fetch_private_networks: bool = False
    trust_forwarded_for: bool = False
    demo: bool = False

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def split_hosts(cls, value: object) -> object:
        if isinstance(value, str):
            return [host.strip() for host in value.split(",") if host.strip()]
        return value

    @field_validator("database_url")
    @classmethod
    def database_is_postgresql(cls, value: SecretStr) -> SecretStr:
        parts = urlsplit(value.get_secret_value())
        if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
            raise ValueError("must look like postgresql://user:password@host:port/name")
        return value

    @field_validator("redis_url")
    @classmethod
    def redis_is_redis(cls, value: SecretStr) -> SecretStr:
        if urlsplit(value.get_secret_value()).scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("must look like redis://host:port/0")
        return value

    @field_validator("public_url")
    @classmethod
    def public_url_has_no_path(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
            raise ValueError("must be an origin such as https://help.example.com")
        return value.rstrip("/")


def read_environment() -> Environment:
    """The environment, completed by the addresses of a running `script/server` on this machine.

    Ends the process with a sentence a variable when something is missing or makes no sense.
    """
    found = {key.lower(): value for key, value in running_urls().items() if key not in os.environ}
    try:
        return Environment(**found)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SystemExit(_explained(error)) from None


def _explained(error: ValidationError) -> str:
    """Names each variable and what is wrong with it, never its value."""
    wrong = [
        f"  {'.'.join(map(str, one['loc'])).upper()}: {one['msg']}"
        for one in error.errors(include_input=False, include_url=False)
    ]
    return "\n".join(
        [
            "These settings are missing or make no sense:",
            *wrong,
            "Start script/server, which brings its own servers, or set them (docs/settings.md).",
        ]
    )
