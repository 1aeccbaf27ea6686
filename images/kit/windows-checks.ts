import { type Check, type FileCheck, describeCheck } from './checks';

/** Seconds that a service has to come up, and an address to answer: emulated machines are slow. */
const patienceSeconds = 60;

/** Where the machine of a build holds what is uploaded, and the report of its checks. */
export const windowsWorkFolder = 'C:\\Windows\\Temp\\watari';

/**
 * Checks as one PowerShell script: a line of TAP for each (https://testanything.org), also in a file, every check whatever
 * became of those before it, and exit code 1 if any has failed. A check passes when its commands throw nothing.
 */
export function renderWindowsChecks(checks: readonly Check[]): string {
  return `${head(checks.length)}${checks.map(renderCheck).join('')}${tail}`;
}

function head(count: number): string {
  return `# Made from the descriptions under images/: not meant to be edited.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = ${quote(windowsWorkFolder)}
$script:number = 0
$script:failed = 0
function Write-Report {
    param([string] $Line)
    Write-Output $Line
    Add-Content -LiteralPath "$work\\checks.tap" -Value $Line -Encoding 'Ascii'
}
function Test-Check {
    param([string] $What, [scriptblock] $Body)
    $script:number++
    try {
        $null = & $Body
        Write-Report "ok $script:number - $What"
    } catch {
        $script:failed++
        Write-Report "not ok $script:number - $What"
        Write-Report "# $_"
    }
}
function Wait-For {
    param([scriptblock] $Condition, [string] $Message)
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ($clock.Elapsed.TotalSeconds -lt ${patienceSeconds}) {
        if (& $Condition) { return }
        Start-Sleep -Seconds 1
    }
    throw "$Message (waited ${patienceSeconds} s)"
}
function Get-Status {
    param([string] $Uri)
    $request = [System.Net.WebRequest]::Create($Uri)
    $request.Timeout = 5000
    try { $response = $request.GetResponse() } catch [System.Net.WebException] { $response = $_.Exception.Response }
    if ($null -eq $response) { return @{ status = 0; body = '' } }
    $reader = New-Object -TypeName 'System.IO.StreamReader' -ArgumentList $response.GetResponseStream()
    $answer = @{ status = [int] $response.StatusCode; body = $reader.ReadToEnd() }
    $response.Close()
    return $answer
}
Write-Report '1..${count}'
`;
}

const tail = `if ($script:failed -gt 0) { Write-Report "# $script:failed of $script:number checks failed"; exit 1 }
`;

function renderCheck(check: Check): string {
  return `Test-Check -What ${quote(describeCheck(check))} -Body {\n${indent(bodyOf(check))}\n}\n`;
}

function bodyOf(check: Check): string {
  if ('service' in check) return serviceBody(quote(check.service), check.is);
  if ('port' in check) return portBody(check.port, check.protocol ?? 'tcp');
  if ('http' in check) return httpBody(check.http, check.status, check.contains);
  if ('user' in check) return userBody(quote(check.user), check.is);
  if ('file' in check) return fileBody(check);
  if ('absent' in check) {
    return `$found = Get-Item -Path ${quote(check.absent)} -Force -ErrorAction 'SilentlyContinue'\nif ($null -ne $found) { throw ($found.FullName -join ', ') }`;
  }
  if ('sysctl' in check) return "throw 'Windows has no sysctl'";
  if ('registry' in check) return registryBody(check.registry, check.name, check.value);
  if ('script' in check) return `& "$work\\${check.script.replaceAll('/', '\\')}"`;
  return commandBody(check.command, check.prints);
}

function serviceBody(service: string, is: 'running' | 'enabled' | 'disabled' | 'startable'): string {
  const wait = `Wait-For -Message 'it does not run' -Condition { (Get-Service -Name ${service}).Status -eq 'Running' }`;
  switch (is) {
    case 'running':
      return wait;
    case 'startable':
      return `Start-Service -Name ${service}\n${wait}\nStop-Service -Name ${service} -Force`;
    case 'enabled':
      return `$type = (Get-Service -Name ${service}).StartType\nif ($type -ne 'Automatic') { throw "it starts: $type" }`;
    case 'disabled':
      return `$type = (Get-Service -Name ${service}).StartType\nif ($type -eq 'Automatic') { throw "it starts: $type" }`;
  }
}

function portBody(port: number, protocol: 'tcp' | 'udp'): string {
  const listening =
    protocol === 'tcp'
      ? `Get-NetTCPConnection -State 'Listen' -LocalPort ${port} -ErrorAction 'SilentlyContinue'`
      : `Get-NetUDPEndpoint -LocalPort ${port} -ErrorAction 'SilentlyContinue'`;
  return `Wait-For -Message 'nothing listens' -Condition { $null -ne (${listening}) }`;
}

function httpBody(url: string, status: number, contains: string | undefined): string {
  const found = contains === undefined ? '' : ` -and $answer.body.Contains(${quote(contains)})`;
  return `Wait-For -Message 'it answers otherwise' -Condition {
    $answer = Get-Status -Uri ${quote(url)}
    $answer.status -eq ${status}${found}
}`;
}

function userBody(user: string, is: 'absent' | 'locked' | 'present'): string {
  const found = `$user = Get-LocalUser -Name ${user} -ErrorAction 'SilentlyContinue'`;
  switch (is) {
    case 'absent':
      return `${found}\nif ($null -ne $user) { throw 'it is there' }`;
    case 'present':
      return `${found}\nif ($null -eq $user) { throw 'it is not there' }`;
    case 'locked':
      return `${found}\nif ($null -eq $user -or $user.Enabled) { throw 'it is not there, or may log on' }`;
  }
}

function fileBody({ file, mode, owner, contains }: FileCheck): string {
  const path = quote(file);
  if (mode !== undefined || owner !== undefined)
    return "throw 'Windows has no modes: check the access list by a script'";
  const present = `if (-not (Test-Path -LiteralPath ${path})) { throw 'it is not there' }`;
  if (contains === undefined) return present;
  const read = `$text = [System.IO.File]::ReadAllText(${path})`;
  const test = contains === '' ? `$text -ne ''` : `-not $text.Contains(${quote(contains)})`;
  return `${present}\n${read}\nif (${test}) { throw 'it holds something else' }`;
}

function registryBody(key: string, name: string, value: string | number): string {
  const wanted = typeof value === 'number' ? String(value) : quote(value);
  return `$found = Get-ItemPropertyValue -LiteralPath ${quote(key)} -Name ${quote(name)}
if ($found -ne ${wanted}) { throw "it is $found" }`;
}

function commandBody(command: string, prints: string | undefined): string {
  const run = `$global:LASTEXITCODE = 0\n$output = (& {\n${indent(command)}\n} | Out-String)\nif ($LASTEXITCODE -ne 0) { throw "exit code \${LASTEXITCODE}: $output" }`;
  if (prints === undefined) return run;
  return `${run}\nif (-not $output.Contains(${quote(prints)})) { throw "it prints: $output" }`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}
