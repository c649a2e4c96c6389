#!/bin/sh
# Tells Muster of a change, in one line. Needs curl and nothing else. Never fails what called it, and is gone within 5 s.
#
#   muster shop deploy 4.2 on ams
#   in a hook of git, on the machine that deploys:   muster "shop deploy $(git describe --always) on ams"
#
# MUSTER_ADDRESS      https://muster.example.org (http://localhost:3000)
# MUSTER_TOKEN_FILE   a file that holds a token with the scope changes:write (npm run token -- create --name deploys --scope changes:write)
set -u

address=${MUSTER_ADDRESS:-http://localhost:3000}
[ $# -gt 0 ] || { echo 'usage: muster WHAT WAS CHANGED, for example: muster shop deploy 4.2 on ams' >&2; exit 2; }

# The token goes in by standard input: on the command line every user of the machine could read it.
header() {
  if [ -n "${MUSTER_TOKEN_FILE:-}" ]; then
    printf 'header = "Authorization: Bearer %s"\n' "$(cat "$MUSTER_TOKEN_FILE")"
  fi
}

header | curl --config - --silent --show-error --fail --output /dev/null --max-time 5 \
  --header 'Content-Type: text/plain; charset=utf-8' --data-raw "$*" "$address/api/v1/changes" ||
  echo "muster: not told: $*" >&2
exit 0
