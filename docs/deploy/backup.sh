#!/bin/sh
# Writes tonight's backup to /var/backups/flipside, or a file that is named, and deletes nightly ones older than 31 days. It
# runs as the user of the service.
set -eu
umask 077
cd /opt/flipside
set -a
DATA_DIR=/var/lib/flipside
# Readable by this user through systemd alone, so cron has a copy with DATABASE_URL, and without the secret: a backup needs none.
. /etc/flipside-backup.env
set +a
folder=/var/backups/flipside
if [ $# -gt 0 ]; then
  exec npm run --silent backup -- --out "$1"
fi
new="$folder/flipside-$(date +%Y-%m-%d).backup"
# A name that is there already is refused, so one made by hand today is kept.
[ -e "$new" ] || npm run --silent backup -- --out "$new" > /dev/null
find "$folder" -name 'flipside-*.backup' -mtime +31 -delete
