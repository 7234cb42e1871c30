# One image for web, worker and beat. Two stages: the wheels are fetched by hash, the runtime carries no pip cache.
FROM python:3.12-slim AS wheels
WORKDIR /build
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /srv/tianti --shell /usr/sbin/nologin tianti \
    && mkdir -p /srv/tianti /var/lib/tianti/private /var/lib/tianti/static /var/lib/tianti/seals \
    && chown -R tianti:tianti /var/lib/tianti
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 LC_ALL=C.UTF-8 TZ=Asia/Shanghai \
    DJANGO_SETTINGS_MODULE=portal.settings PRIVATE_ROOT=/var/lib/tianti/private STATIC_ROOT=/var/lib/tianti/static
WORKDIR /srv/tianti
COPY --from=wheels /venv /venv
COPY manage.py ./
COPY foundation foundation
COPY enterprises enterprises
COPY certification certification
COPY incentives incentives
COPY portal portal
COPY templates templates
USER tianti
EXPOSE 8000
CMD ["gunicorn", "--preload", "--bind", "0.0.0.0:8000", "--workers", "4", "--worker-class", "gthread", "--threads", "8", "--timeout", "30", "portal.wsgi"]
