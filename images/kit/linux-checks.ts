import { type Check, describeCheck } from './checks';

/** Seconds that a service has to come up, and an address to answer: emulated machines are slow. */
const patienceSeconds = 60;

/**
 * Checks as one shell script, run as root in the folder of the build: a line of TAP for each (https://testanything.org),
 * every check whatever became of those before it, and exit code 1 if any has failed.
 */
export function renderLinuxChecks(checks: readonly Check[]): string {
  return `${head(checks.length)}${checks.map(renderCheck).join('')}${tail}`;
}

function head(count: number): string {
  return `#!/bin/bash
# Made from the descriptions under images/: not meant to be edited.
# shellcheck disable=SC2317 # Functions are called by their name in a variable.
set -uo pipefail
number=0
failed=0
check() {
  local what=$1 output
  number=$((number + 1))
  if output=$("$2" 2>&1); then
    printf 'ok %d - %s\\n' "$number" "$what"
  else
    failed=$((failed + 1))
    printf 'not ok %d - %s\\n' "$number" "$what"
    printf '%s\\n' "$output" | tail -n 20 | sed 's/^/# /'
  fi
}
within() {
  local end=$((SECONDS + ${patienceSeconds}))
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 1
  done
}
printf '1..${count}\\n'
`;
}

const tail = `[ "$failed" = 0 ] || printf '# %d of %d checks failed\\n' "$failed" "$number"
[ "$failed" = 0 ]
`;

function renderCheck(check: Check, index: number): string {
  const name = `check_${index + 1}`;
  return `${name}() {\n${indent(bodyOf(check))}\n}\ncheck ${quote(describeCheck(check))} ${name}\n`;
}

function bodyOf(check: Check): string {
  if ('service' in check) return serviceBody(check.service, check.is);
  if ('port' in check) return portBody(check.port, check.protocol ?? 'tcp');
  if ('http' in check) return httpBody(check.http, check.status, check.contains);
  if ('user' in check) return userBody(check.user, check.is);
  if ('file' in check) return fileBody(check);
  if ('absent' in check) return absentBody(check.absent);
  if ('sysctl' in check) return `[ "$(sysctl -n ${quote(check.sysctl)} | tr '\\t' ' ')" = ${quote(check.value)} ]`;
  if ('registry' in check) return 'echo "Linux has no registry"\nfalse';
  if ('script' in check) return `bash ${quote(check.script)}`;
  return commandBody(check.command, check.prints);
}

function serviceBody(service: string, is: string): string {
  const unit = quote(service);
  const report = `systemctl status --no-pager ${unit}\nfalse`;
  switch (is) {
    case 'running':
      return `within systemctl is-active -q ${unit} && return\n${report}`;
    case 'startable':
      return `systemctl start ${unit} && within systemctl is-active -q ${unit} && systemctl stop ${unit} && return\n${report}`;
    case 'enabled':
      return `systemctl is-enabled ${unit}`;
    default:
      // A unit that does not exist is no unit that is off: its name may be misspelt.
      return `[ -n "$(systemctl list-unit-files --no-legend ${unit})" ] && ! systemctl is-enabled -q ${unit}`;
  }
}

function portBody(port: number, protocol: 'tcp' | 'udp'): string {
  const sockets = `ss -Hln${protocol === 'tcp' ? 't' : 'u'}`;
  return `listens() { ${sockets} | awk '{ print $4 }' | grep ':${port}$'; }\nwithin listens && return\n${sockets}\nfalse`;
}

function httpBody(url: string, status: number, contains: string | undefined): string {
  const found = contains === undefined ? '' : ` && grep -qF -- ${quote(contains)} <<< "$answer"`;
  return `answers() {
  answer=$(curl -s -m 5 -w '\\n%{http_code}' ${quote(url)})
  [ "\${answer##*$'\\n'}" = ${status} ]${found}
}
within answers && return
printf '%s\\n' "$answer"
false`;
}

function userBody(user: string, is: 'absent' | 'locked' | 'present'): string {
  const name = quote(user);
  if (is === 'absent') return `! getent passwd ${name}`;
  if (is === 'present') return `getent passwd ${name}`;
  return `getent passwd ${name} && case $(getent shadow ${name} | cut -d : -f 2) in '!'* | '*') ;; *) false ;; esac`;
}

function fileBody({ file, mode, owner, contains }: Extract<Check, { readonly file: string }>): string {
  const path = quote(file);
  return [
    `ls -ld ${path} || return`,
    ...(mode === undefined ? [] : [`[ "$(stat -c %04a ${path})" = ${quote(mode)} ] || return`]),
    ...(owner === undefined ? [] : [`[ "$(stat -c %U:%G ${path})" = ${quote(owner)} ] || return`]),
    ...(contains === undefined
      ? []
      : [contains === '' ? `[ ! -s ${path} ]` : `grep -qF -- ${quote(contains)} ${path}`]),
  ].join('\n');
}

/** The pattern is expanded by the shell: it comes from a description, not from outside. */
function absentBody(pattern: string): string {
  return `found=$(compgen -G ${quote(pattern)})\nprintf '%s' "$found"\n[ -z "$found" ]`;
}

function commandBody(command: string, prints: string | undefined): string {
  if (prints === undefined) return command;
  return `output=$(${command}) || { printf '%s\\n' "$output"; return 1; }
printf '%s\\n' "$output"
grep -qF -- ${quote(prints)} <<< "$output"`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
