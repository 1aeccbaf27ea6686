# windows_exporter on 9182, and Fluent Bit for the event logs and IIS. Where logs go is known at first boot only: the shipper
# is installed and stays stopped until then.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name 'C:\Program Files\Watari\Watari.psm1'

$work = 'C:\Windows\Temp\watari'

$exporter = "$work\windows-exporter.msi"
Save-Verified -Url $Env:WINDOWS_EXPORTER_URL -Hash $Env:WINDOWS_EXPORTER_SHA256 -Path $exporter
$collectors = 'ENABLED_COLLECTORS=cpu,iis,logical_disk,memory,net,os,process,service,system,time'
Invoke-Native -Program 'msiexec.exe' -Arguments '/i', "`"$exporter`"", '/qn', '/norestart', $collectors, 'LISTEN_PORT=9182' -Seconds 300 -Accept 0, 3010
Remove-Item -LiteralPath $exporter -Force

$shipper = "$work\fluent-bit.zip"
$folder = 'C:\Program Files\fluent-bit'
Save-Verified -Url $Env:FLUENT_BIT_URL -Hash $Env:FLUENT_BIT_SHA256 -Path $shipper
Expand-Archive -LiteralPath $shipper -DestinationPath "$work\fluent-bit" -Force
$program = Get-ChildItem -LiteralPath "$work\fluent-bit" -Recurse -Filter 'fluent-bit.exe' | Select-Object -First 1
if ($null -eq $program) { throw "$Env:FLUENT_BIT_URL holds no fluent-bit.exe" }
New-Item -Path $folder -ItemType 'Directory' -Force | Out-Null
Copy-Item -Path "$($program.Directory.FullName)\*" -Destination $folder -Recurse -Force
Remove-Item -LiteralPath $shipper, "$work\fluent-bit" -Recurse -Force

$command = "`"$folder\fluent-bit.exe`" -c `"C:\Program Files\Watari\fluent-bit.conf`""
New-Service -Name 'fluent-bit' -BinaryPathName $command -DisplayName 'Fluent Bit' -StartupType 'Manual' | Out-Null
