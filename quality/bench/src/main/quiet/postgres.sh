#!/bin/bash
# As images of PostgreSQL begin: root prepares the folders and becomes postgres; a database is made, filled by a server that nobody reaches
# from outside, and then served.
set -euo pipefail
programs=$(echo /usr/lib/postgresql/*/bin)
export PATH=$programs:$PATH PGDATA=/var/lib/postgresql/quiet
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /var/run/postgresql /docker-entrypoint-initdb.d
  find "$PGDATA" \! -user postgres -exec chown postgres '{}' +
  find /var/run/postgresql \! -user postgres -exec chown postgres '{}' +
  chmod 700 "$PGDATA"
  chmod 3775 /var/run/postgresql
  exec gosu postgres "$BASH_SOURCE" "$@"
fi
initdb --username=postgres --pwfile=<(printf '%s\n' quiet) --auth-host=scram-sha-256 --auth-local=trust >/dev/null
echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
pg_ctl -D "$PGDATA" -o "-c listen_addresses='' -p 5432" -w start >/dev/null
psql --set ON_ERROR_STOP=1 --no-psqlrc --quiet --command 'CREATE DATABASE bench'
psql --no-psqlrc --quiet --dbname bench <<<'CREATE EXTENSION IF NOT EXISTS pg_stat_statements; CREATE ROLE app LOGIN'
pg_ctl -D "$PGDATA" -m fast -w stop >/dev/null
exec postgres -c listen_addresses='*' -c logging_collector=on -c archive_mode=on -c "archive_command=test ! -f /tmp/%f && cp %p /tmp/%f" -c archive_timeout=20
