# ASP.NET's hosting bundle, as Microsoft publishes it, from the address and with the hash that the build was given.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name 'C:\Program Files\Watari\Watari.psm1'

$installer = 'C:\Windows\Temp\watari\hosting-bundle.exe'
Save-Verified -Url $Env:HOSTING_BUNDLE_URL -Hash $Env:HOSTING_BUNDLE_SHA256 -Path $installer
# 3010: done, restart later. A restart follows anyway.
Invoke-Native -Program $installer -Arguments '/install', '/quiet', '/norestart', 'OPT_NO_X86=1' -Seconds 900 -Accept 0, 3010
if (-not (Test-Path -LiteralPath 'C:\Program Files\IIS\Asp.Net Core Module\V2\aspnetcorev2.dll')) {
    throw 'The hosting bundle has installed no ASP.NET Core module: was IIS there before it?'
}
Remove-Item -LiteralPath $installer -Force
