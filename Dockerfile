# The portal's image: web, worker and beat are the same, started with different commands.

FROM node:22-bookworm-slim AS assets
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM debian:bookworm-slim
ENV DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends \
      ca-certificates python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --shell /usr/sbin/nologin --create-home --home-dir /home/portal portal \
 && mkdir -p /data/files /data/static /data/fonts \
 && chown -R portal: /data
WORKDIR /app

COPY requirements.txt ./
RUN python3 -m venv /opt/portal \
 && /opt/portal/bin/pip install --quiet --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
ENV PATH=/opt/portal/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings \
    DATA_DIR=/data/files \
    STATIC_ROOT=/data/static \
    FONT_DIR=/data/fonts

COPY . .
COPY --from=assets /src/node_modules ./node_modules
# The secret below signs nothing: it only lets the settings load while files are copied.
RUN python script/house/assets.py \
 && rm -rf node_modules \
 && STATIC_ROOT=/app/collected DJANGO_SECRET_KEY=while-building python manage.py collectstatic --noinput --verbosity 0
# Free typefaces of official documents; an office adds its licensed ones to the volume /data/fonts.
RUN if [ -x script/fonts ]; then apt-get update -qq && script/fonts /data/fonts && rm -rf /var/lib/apt/lists/*; fi \
 && chown -R portal: /data

USER portal
EXPOSE 8000
CMD ["script/serve", "web"]
