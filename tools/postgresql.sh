#!/bin/sh
# Starts a PostgreSQL server of its own on loopback, in FOLDER, and prints its address; `stop` ends it again.
#   tools/postgresql.sh start FOLDER | tools/postgresql.sh stop FOLDER
# The server refuses to run as root: as root it runs as the user "postgres" (or "nobody").
set -eu

asked=$1
folder=$2
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$programs" ] || programs=$(dirname "$(command -v initdb)") || { echo "no PostgreSQL is installed" >&2; exit 1; }

as_user() {
    if [ "$(id -u)" -eq 0 ]; then
        user=$(id -un postgres 2>/dev/null || echo nobody)
        setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups "$@"
    else
        "$@"
    fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

if [ "$asked" = stop ]; then
    cd / && as_user "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null
    exit 0
fi

mkdir -p "$folder"
[ "$(id -u)" -ne 0 ] || chown "$(id -un postgres 2>/dev/null || echo nobody)" "$folder"
port=$(free_port)
cd /
as_user "$programs/initdb" -D "$folder/data" -U waqai -A trust -E UTF8 --no-locale -N >"$folder/initdb.log"
as_user "$programs/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=50" \
    start >/dev/null
echo "postgresql://waqai@127.0.0.1:$port/postgres"
