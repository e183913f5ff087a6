#!/bin/sh
# The roles of docs/postgresql.md, once, when the container's casework database is made: the image runs this as a
# superuser. Nothing else logs in as one: from here on the operator owns the tables, and the service does the work.
set -eu
operator="$(cat /run/secrets/operator-password)" night="$(cat /run/secrets/service-password)"
export operator night
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 --no-psqlrc --quiet <<'SQL'
\getenv operator operator
\getenv night night
CREATE ROLE pathways_owner NOLOGIN;
CREATE ROLE pathways_app NOLOGIN;
CREATE ROLE pathways_reader NOLOGIN;
CREATE ROLE pathways_service NOLOGIN BYPASSRLS;
CREATE ROLE pathways_operator LOGIN CREATEDB PASSWORD :'operator' IN ROLE pathways_owner, pathways_service;
CREATE ROLE pathways_night LOGIN CREATEDB PASSWORD :'night' IN ROLE pathways_service;
ALTER ROLE pathways_night SET role = 'pathways_service';
SELECT format('ALTER DATABASE %I OWNER TO pathways_operator', current_database()) \gexec
SQL
