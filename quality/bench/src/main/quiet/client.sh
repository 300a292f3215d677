#!/bin/bash
# Asks all four servers until it is stopped.
export PATH=$(echo /usr/lib/postgresql/*/bin):$PATH PGPASSWORD=quiet PGHOST=postgres PGUSER=postgres
until pg_isready --quiet && curl -fs -o /dev/null http://nginx/ && curl -fs -o /dev/null http://java:8080/ && curl -fs -o /dev/null http://node:3000/; do
  sleep 0.5
done
echo ready
(pgbench --initialize --quiet --scale 2 bench && exec pgbench --client 4 --rate 200 --time 100000 bench) >/dev/null 2>&1 &
while :; do
  curl -s -o /dev/null "http://nginx/page-[1-50].html"
  curl -s -o /dev/null "http://java:8080/page-[1-50]"
  curl -s -o /dev/null "http://node:3000/page-[1-50]"
  curl -s -o /dev/null --data "some=thing" http://java:8080/kept
  curl -s -o /dev/null --data "some=thing" http://node:3000/kept
  curl -s -o /dev/null http://java:8080/load
  psql --no-psqlrc --quiet --tuples-only --dbname bench --command "SELECT count(*) FROM pg_class" >/dev/null
  sleep 0.2
done
