# What runs at boot: the health endpoint, which says no until everything is there, and what fetches everything.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name 'C:\Program Files\Watari\Watari.psm1'

$state = 'C:\ProgramData\Watari'
$health = 'NT AUTHORITY\LOCAL SERVICE'

New-Item -Path $state, "$state\keys" -ItemType 'Directory' -Force | Out-Null
Set-RestrictedAccess -Path $state -Readers $health
Set-RestrictedAccess -Path "$state\keys"
# Whoever may not write here cannot change what runs as SYSTEM at the next boot.
Set-RestrictedAccess -Path 'C:\Program Files\Watari' -Readers $health

Invoke-Native -Program 'netsh.exe' -Arguments 'http', 'add', 'urlacl', 'url=http://+:8080/', "user=`"$health`"" -Seconds 60
Register-BootTask -Name 'Watari Health' -Script 'C:\Program Files\Watari\health.ps1' -Account $health
$limit = New-TimeSpan -Minutes 20
Register-BootTask -Name 'Watari First Boot' -Script 'C:\Program Files\Watari\first-boot.ps1' -Limit $limit
