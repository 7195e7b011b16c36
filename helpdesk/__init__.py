"""The project package: the roof (asgi, urls, celery, settings) and the foundation below the apps."""
