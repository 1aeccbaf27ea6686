# Has sealing/finish.ps1 run as SYSTEM, outside Packer's session, which it ends: a session cannot remove its own account.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$folder = 'C:\Windows\Temp\watari\sealing'
$user = $Env:WATARI_BUILD_USER
if ([string]::IsNullOrEmpty($user)) { throw 'WATARI_BUILD_USER is not set: the template gives it' }
$arguments = "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$folder\finish.ps1`" -User `"$user`" -Builder `"$Env:PACKER_BUILDER_TYPE`""
$action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument $arguments
$principal = New-ScheduledTaskPrincipal -UserId 'SYSTEM' -LogonType 'ServiceAccount' -RunLevel 'Highest'
$limit = New-TimeSpan -Minutes 30
$settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit $limit
Register-ScheduledTask -TaskName 'watari-finish' -Action $action -Principal $principal -Settings $settings -Force | Out-Null
Start-ScheduledTask -TaskName 'watari-finish'
