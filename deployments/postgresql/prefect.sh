#!/bin/sh
# Prefect's own login, once, when the container's database for Prefect is made: it owns that database and is no superuser.
set -eu
prefect="$(cat /run/secrets/prefect-password)"
export prefect
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 --no-psqlrc --quiet <<'SQL'
\getenv prefect prefect
CREATE ROLE prefect LOGIN PASSWORD :'prefect';
SELECT format('ALTER DATABASE %I OWNER TO prefect', current_database()) \gexec
SQL
