#!/bin/sh
# Tells Muster of a notification of Nagios or Icinga 2. Needs curl and nothing else.
#
#   muster-notify.sh ADDRESS [TOKEN_FILE]
#
# ADDRESS      https://muster.example.org/sources/nagios (or /sources/icinga)
# TOKEN_FILE   a file that holds the secret of the source, readable by the monitor only
#
# What happened is read from the environment, so that no text of a plugin ever passes through a shell:
# Nagios sets NAGIOS_* (enable_environment_macros=1), for Icinga 2 see README.md.
# MUSTER_SERVICE, MUSTER_SITE and MUSTER_TEAM say what it is called there; so do the custom variables _muster_service,
# _muster_site and _muster_team of a Nagios host or service.
set -u

address=${1:?usage: muster-notify.sh ADDRESS [TOKEN_FILE]}
token_file=${2:-}

if [ -n "${NAGIOS_NOTIFICATIONTYPE:-}" ]; then
  type=$NAGIOS_NOTIFICATIONTYPE
  host=${NAGIOS_HOSTNAME:-}
  service=${NAGIOS_SERVICEDESC:-}
  if [ -n "$service" ]; then
    state=${NAGIOS_SERVICESTATE:-} output=${NAGIOS_SERVICEOUTPUT:-}
  else
    state=${NAGIOS_HOSTSTATE:-} output=${NAGIOS_HOSTOUTPUT:-}
  fi
  time=${NAGIOS_TIMET:-}
  author=${NAGIOS_NOTIFICATIONAUTHOR:-}
  comment=${NAGIOS_NOTIFICATIONCOMMENT:-}
  number=${NAGIOS_NOTIFICATIONNUMBER:-}
  url=${NAGIOS_SERVICENOTESURL:-${NAGIOS_HOSTNOTESURL:-}}
else
  type=${NOTIFICATIONTYPE:?neither Nagios nor Icinga 2 started this}
  host=${HOSTNAME:-}
  service=${SERVICENAME:-}
  if [ -n "$service" ]; then
    state=${SERVICESTATE:-} output=${SERVICEOUTPUT:-}
  else
    state=${HOSTSTATE:-} output=${HOSTOUTPUT:-}
  fi
  time=${TIMET:-${LONGDATETIME:-}}
  author=${NOTIFICATIONAUTHORNAME:-}
  comment=${NOTIFICATIONCOMMENT:-}
  number=${NOTIFICATIONNUMBER:-}
  url=${NOTESURL:-}
fi

# The token goes in by standard input: on the command line every user of the machine could read it.
header() {
  if [ -n "$token_file" ]; then
    printf 'header = "Authorization: Bearer %s"\n' "$(cat "$token_file")"
  fi
}

header | exec curl --config - --silent --show-error --fail --output /dev/null \
  --max-time 8 --retry 3 --retry-delay 2 --retry-connrefused --retry-max-time 25 \
  --data-urlencode "type=$type" \
  --data-urlencode "host=$host" \
  --data-urlencode "service=$service" \
  --data-urlencode "state=$state" \
  --data-urlencode "output=$output" \
  --data-urlencode "time=$time" \
  --data-urlencode "author=$author" \
  --data-urlencode "comment=$comment" \
  --data-urlencode "number=$number" \
  --data-urlencode "url=$url" \
  --data-urlencode "muster_service=${MUSTER_SERVICE:-${NAGIOS__SERVICEMUSTER_SERVICE:-${NAGIOS__HOSTMUSTER_SERVICE:-}}}" \
  --data-urlencode "site=${MUSTER_SITE:-${NAGIOS__SERVICEMUSTER_SITE:-${NAGIOS__HOSTMUSTER_SITE:-}}}" \
  --data-urlencode "team=${MUSTER_TEAM:-${NAGIOS__SERVICEMUSTER_TEAM:-${NAGIOS__HOSTMUSTER_TEAM:-}}}" \
  "$address"
