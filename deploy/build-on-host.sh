#!/bin/sh
# What the build services of Netlify, Cloudflare Pages and Vercel run: sh deploy/build-on-host.sh HOST
# Their production branch makes the public site, every other branch a preview at the address that
# the service gives it. PYTHON=python3.12 chooses another Python than the service's python3.
set -eu

host=$1
case $host in
netlify) branch=${CONTEXT:-} public=production address=${DEPLOY_PRIME_URL:-} ;;
cloudflare-pages | cloudflare-pages-paid) branch=${CF_PAGES_BRANCH:-} public=${PRODUCTION_BRANCH:-main} address=${CF_PAGES_URL:-} ;;
vercel) branch=${VERCEL_ENV:-} public=production address=https://${VERCEL_URL:-} ;;
*)
  echo "$0: no host $host: netlify, cloudflare-pages, cloudflare-pages-paid or vercel" >&2
  exit 2
  ;;
esac

make .venv/site
.venv/bin/python build.py check
if [ "$branch" = "$public" ]; then
  .venv/bin/python build.py build
  .venv/bin/python build.py check --site --host "$host" --strict
else
  .venv/bin/python build.py build --preview --base-url "$address"
  .venv/bin/python build.py check --site --host "$host"
fi
