# Licences carry times: the clock is kept by NTP from the start. Which servers is said at first boot; until then Windows' own.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name 'C:\Program Files\Watari\Watari.psm1'

Set-Service -Name 'W32Time' -StartupType 'Automatic'
# Windows starts it on a trigger and stops it where no domain is joined.
Invoke-Native -Program 'sc.exe' -Arguments 'triggerinfo', 'W32Time', 'delete' -Seconds 60
$config = 'HKLM:\SYSTEM\CurrentControlSet\Services\W32Time\Config'
# Polls each 64 to 1024 s (powers of two), as NTP clients do, not once in nine hours.
Set-ItemProperty -LiteralPath $config -Name 'MinPollInterval' -Value 6 -Type 'DWord'
Set-ItemProperty -LiteralPath $config -Name 'MaxPollInterval' -Value 10 -Type 'DWord'
Set-TimeZone -Id 'UTC'
Set-ItemProperty -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Control\TimeZoneInformation' -Name 'RealTimeIsUniversal' -Value 1 -Type 'DWord'
