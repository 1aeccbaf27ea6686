# Takes away what belongs to the build machine. The checks of the sealed image follow, then sealing/generalize.ps1.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name 'C:\Program Files\Watari\Watari.psm1'

# What first boot starts has run on the build machine as well if it was restarted; its state is of no other machine.
Get-ScheduledTask -TaskName 'Watari *' | Stop-ScheduledTask
Get-ChildItem -Path 'C:\ProgramData\Watari' -File -Force | Remove-Item -Force

# Certificates with keys that agents and roles have made for this machine; the listener's own goes with the listener.
$listeners = @(Get-ChildItem -Path 'WSMan:\localhost\Listener')
$used = @($listeners | ForEach-Object { (Get-Item -Path "WSMan:\localhost\Listener\$($_.Name)\CertificateThumbprint").Value })
Get-ChildItem -Path 'Cert:\LocalMachine\My' | Where-Object { $used -notcontains $_.Thumbprint } | Remove-Item

# Logs of setup hold what answer files said; copies of answer files lie in more places than one.
$folders = @(
    'C:\Windows\Panther', 'C:\Windows\System32\Sysprep\Panther', 'C:\Windows\Setup\Scripts', 'C:\Windows\Logs\DISM',
    'C:\Windows\SoftwareDistribution\Download', 'C:\inetpub\logs\LogFiles', 'C:\ProgramData\Amazon\EC2Launch\log',
    'C:\Program Files\Cloudbase Solutions\Cloudbase-Init\log', 'C:\Program Files\Google\Compute Engine\sysprep\log'
)
foreach ($folder in $folders) {
    if (-not (Test-Path -LiteralPath $folder)) { continue }
    Get-ChildItem -LiteralPath $folder -Force | Remove-Item -Recurse -Force -ErrorAction 'SilentlyContinue'
}
foreach ($file in 'C:\unattend.xml', 'C:\autounattend.xml', 'C:\Windows\System32\Sysprep\unattend.xml', 'C:\Windows\Setup\State\unattend.xml') {
    if (Test-Path -LiteralPath $file) { Remove-Item -LiteralPath $file -Force }
}

$history = 'AppData\Roaming\Microsoft\Windows\PowerShell\PSReadLine'
foreach ($user in Get-ChildItem -Path 'C:\Users' -Directory -Force) {
    foreach ($below in $history, 'AppData\Local\Temp') {
        $folder = Join-Path -Path $user.FullName -ChildPath $below
        if (-not (Test-Path -LiteralPath $folder)) { continue }
        Get-ChildItem -LiteralPath $folder -Force | Remove-Item -Recurse -Force -ErrorAction 'SilentlyContinue'
    }
}

# Packer's own scripts of this very step are still in use; sealing/finish.ps1 empties the folder at the end.
Get-ChildItem -Path 'C:\Windows\Temp' -Force |
    Where-Object { $_.Name -ne 'watari' -and $_.Name -notlike 'script-*.ps1' -and $_.Name -notlike 'packer-*' } |
    Remove-Item -Recurse -Force -ErrorAction 'SilentlyContinue'
Clear-RecycleBin -Force -ErrorAction 'SilentlyContinue'
Invoke-Native -Program 'dism.exe' -Arguments '/Online', '/Cleanup-Image', '/StartComponentCleanup', '/ResetBase', '/Quiet' -Seconds 3600
