#!/bin/sh
# As start scripts of Java servers do: options are put together, and Java takes the place of the shell, as a user who is nobody else.
set -e
memory=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)
[ "$memory" != max ] || memory=268435456
options="-Xmx$((memory / 4194304))m -XX:+UseSerialGC -Djava.io.tmpdir=/tmp"
mkdir -p /srv/upload
chown daemon /srv/upload
exec setpriv --reuid daemon --regid daemon --clear-groups java $options -cp /classes PageServer
