#!/bin/sh
# The portal's own role: owner of its database, but no superuser and no BYPASSRLS, so that row-level security holds.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" -v secret="$APP_PASSWORD" <<'SQL'
CREATE ROLE tianti LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS PASSWORD :'secret';
CREATE DATABASE tianti OWNER tianti ENCODING 'UTF8' TEMPLATE template0;
SQL
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname tianti -c 'CREATE EXTENSION IF NOT EXISTS btree_gist'
