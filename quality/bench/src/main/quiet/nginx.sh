#!/bin/sh
# As images of nginx begin: settings are fitted to the container, then the server takes the place of the shell.
set -e
dpkg-query --show --showformat='${Conffiles}\n' nginx-common | grep -F default >/dev/null || true
port=${PORT:-80}
sed -i "s/listen 80 /listen $port /" /etc/nginx/sites-available/default
echo 'worker_shutdown_timeout 5s;' >/etc/nginx/modules-enabled/90-quiet.conf
for page in $(seq 50); do
  printf '<html><body><h1>%s</h1></body></html>\n' "$page" >"/var/www/html/page-$page.html"
done
chown -R www-data:www-data /var/www/html
ln -sf /dev/stdout /var/log/nginx/access.log
ln -sf /dev/stderr /var/log/nginx/error.log
nginx -t -q
exec nginx -g 'daemon off;'
