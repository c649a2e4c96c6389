import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, open, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

const programs = { nagios: '/usr/sbin/nagios4', icinga: '/usr/sbin/icinga2' }
// Both give up their rights to a user of their own, which only root can do.
const isRoot = process.getuid?.() === 0 && existsSync('/usr/bin/curl')
export const nagiosPresent = isRoot && existsSync(programs.nagios)
export const icingaPresent = isRoot && existsSync(programs.icinga)

const command = resolve('src/sources/commands/muster-notify.sh')

/** A real monitor that checks one service every second and tells `address` what it finds. */
export interface Monitor {
  /** 0 = ok, 2 = critical. */
  finds(state: 0 | 2): Promise<void>
  acknowledge(): Promise<void>
}

export async function startNagios(folder: string, address: string): Promise<Monitor> {
  const at = await laidOut(folder, ['var/checkresults', 'rw'])
  await writeFile(at('nagios.cfg'), nagiosFile(folder))
  await writeFile(at('objects.cfg'), nagiosObjects(folder, address))
  owned(folder)
  start(programs.nagios, [at('nagios.cfg')])
  return monitor(at('state'), at('rw/nagios.cmd'))
}

export async function startIcinga(folder: string, address: string): Promise<Monitor> {
  const at = await laidOut(folder, ['data', 'log', 'cache', 'run', 'spool'])
  await writeFile(at('icinga2.conf'), icingaFile(folder, address))
  owned(folder)
  const places = { DataDir: 'data', LogDir: 'log', CacheDir: 'cache', InitRunDir: 'run', SpoolDir: 'spool' }
  const files = { PidPath: 'run/pid', StatePath: 'data/state', VarsPath: 'cache/vars', ModAttrPath: 'data/attributes' }
  const defined = Object.entries({ ...places, ...files, ObjectsPath: 'cache/objects' })
  start(programs.icinga, [
    'daemon',
    '-c',
    at('icinga2.conf'),
    ...defined.map(([name, path]) => `-D${name}=${at(path)}`),
    '-DRunAsUser=nagios',
    '-DRunAsGroup=nagios',
  ])
  return monitor(at('state'), at('run/icinga2.cmd'))
}

async function laidOut(folder: string, places: string[]): Promise<(name: string) => string> {
  const at = (name: string) => join(folder, name)
  for (const place of places) await mkdir(at(place), { recursive: true })
  await writeFile(at('state'), '0')
  await writeFile(at('check.sh'), check(folder), { mode: 0o755 })
  await chmod(folder, 0o755)
  return at
}

function owned(folder: string): void {
  execFileSync('chown', ['-R', 'nagios', folder])
}

function start(program: string, words: string[]): ChildProcess {
  const daemon = spawn(program, words, { stdio: 'ignore', detached: true })
  onTestFinished(async () => {
    if (daemon.exitCode !== null || daemon.signalCode !== null || daemon.pid === undefined) return
    process.kill(-daemon.pid, 'SIGKILL')
    await once(daemon, 'exit')
  })
  return daemon
}

function monitor(state: string, pipe: string): Monitor {
  return {
    finds: (found) => writeFile(state, String(found)),
    async acknowledge() {
      for (let waited = 0; !existsSync(pipe) && waited < 100; waited++) await pause(100)
      const told = await open(pipe, 'w')
      const now = Math.floor(Date.now() / 1000)
      await told.writeFile(`[${now}] ACKNOWLEDGE_SVC_PROBLEM;ams1-web1;checkout-http;2;1;0;alice;looking at it\n`)
      await told.close()
    },
  }
}

const check = (folder: string) => `#!/bin/sh
found=$(cat ${folder}/state)
if [ "$found" = 0 ]; then echo "OK - fine | time=0.01s"; else echo "CRITICAL - 'quoted\\" & <b>html</b>; 3 of 4 down"; fi
exit "$found"
`

const nagiosFile = (folder: string) => `
log_file=${folder}/var/nagios.log
cfg_file=${folder}/objects.cfg
object_cache_file=${folder}/var/objects.cache
precached_object_file=${folder}/var/objects.precache
status_file=${folder}/var/status.dat
state_retention_file=${folder}/var/retention.dat
temp_file=${folder}/var/nagios.tmp
temp_path=${folder}/var
check_result_path=${folder}/var/checkresults
command_file=${folder}/rw/nagios.cmd
query_socket=${folder}/rw/nagios.qh
lock_file=${folder}/var/nagios.lock
nagios_user=nagios
nagios_group=nagios
check_external_commands=1
enable_environment_macros=1
interval_length=1
use_syslog=0
`

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const nagiosObjects = (folder: string, address: string) => `
define timeperiod {
  timeperiod_name always
  alias always
  ${days.map((day) => `${day} 00:00-24:00`).join('\n  ')}
}
define command {
  command_name look
  command_line ${folder}/check.sh
}
define command {
  command_name tell
  command_line ${command} ${address}
}
define contact {
  contact_name muster
  host_notification_period always
  service_notification_period always
  host_notification_options d,u,r
  service_notification_options w,u,c,r
  host_notification_commands tell
  service_notification_commands tell
}
define host {
  host_name ams1-web1
  address 127.0.0.1
  max_check_attempts 1
  check_period always
  contacts muster
  notification_interval 60
  notification_period always
}
define service {
  host_name ams1-web1
  service_description checkout-http
  _muster_site ams
  check_command look
  max_check_attempts 1
  check_interval 1
  retry_interval 1
  check_period always
  contacts muster
  notification_interval 3
  notification_period always
}
`

const icingaFile = (folder: string, address: string) => `
const NodeName = "here"
object Endpoint NodeName {}
object Zone "here" { endpoints = [ NodeName ] }
object CheckerComponent "checker" {}
object NotificationComponent "notification" {}
object ExternalCommandListener "command" { command_path = "${folder}/run/icinga2.cmd" }
object FileLogger "main" { severity = "information"; path = "${folder}/log/icinga2.log" }
object TimePeriod "always" { ranges = { ${days.map((day) => `${day} = "00:00-24:00"`).join(', ')} } }
object CheckCommand "look" { command = [ "${folder}/check.sh" ] }
object NotificationCommand "tell" {
  command = [ "${command}", "${address}" ]
  env = {
    NOTIFICATIONTYPE = "$notification.type$", HOSTNAME = "$host.name$", TIMET = "$icinga.timet$"
    SERVICENAME = "$service.name$", SERVICESTATE = "$service.state$", SERVICEOUTPUT = "$service.output$"
    NOTIFICATIONAUTHORNAME = "$notification.author$", NOTIFICATIONCOMMENT = "$notification.comment$"
    MUSTER_SITE = "$host.vars.site$"
  }
}
object User "muster" {}
object Host "ams1-web1" { check_command = "look"; enable_active_checks = false; vars.site = "ams" }
object Service "checkout-http" {
  host_name = "ams1-web1"; check_command = "look"; check_interval = 1s; retry_interval = 1s; max_check_attempts = 1
}
object Notification "told" {
  host_name = "ams1-web1"; service_name = "checkout-http"
  command = "tell"; users = [ "muster" ]; interval = 3s; period = "always"
}
`
