# IIS with what an ASP.NET application needs, and without what nobody asked for.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$wanted = @(
    'Web-WebServer', 'Web-Http-Errors', 'Web-Http-Logging', 'Web-Request-Monitor', 'Web-Filtering', 'Web-IP-Security',
    'Web-AppInit', 'Web-Scripting-Tools'
)
$unwanted = @('FS-SMB1', 'PowerShell-V2', 'Telnet-Client', 'Web-Dir-Browsing', 'Web-Ftp-Server')

$result = Install-WindowsFeature -Name $wanted
if (-not $result.Success) { throw "IIS could not be installed: $($result.ExitCode)" }
# Names differ between releases: what a release does not know cannot be installed on it either.
$known = Get-WindowsFeature | Where-Object { $_.Installed -and $unwanted -contains $_.Name }
if ($null -ne $known) { Uninstall-WindowsFeature -Name $known.Name | Out-Null }

Import-Module -Name 'WebAdministration'
Get-Website | Remove-Website
Get-ChildItem -Path 'IIS:\AppPools' | Remove-Item -Recurse -Force
Get-ChildItem -Path 'C:\inetpub\wwwroot' -Force | Remove-Item -Recurse -Force
