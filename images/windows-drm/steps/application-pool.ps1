# The place for the licence server: an empty site with its pool, answering on the loopback interface only. The listener on
# 443 comes at first boot, with the certificate; the software comes then too.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name 'WebAdministration'

$pool = 'drm'
$root = 'C:\inetpub\drm'

New-Item -Path $root -ItemType 'Directory' -Force | Out-Null
New-WebAppPool -Name $pool -Force | Out-Null
$settings = @{
    'managedRuntimeVersion'               = ''
    'startMode'                           = 'AlwaysRunning'
    'processModel.identityType'           = 'ApplicationPoolIdentity'
    # Its profile holds the keys of ASP.NET's data protection.
    'processModel.loadUserProfile'        = $true
    'processModel.idleTimeout'            = [System.TimeSpan]::Zero
    'recycling.periodicRestart.time'      = [System.TimeSpan]::Zero
    'failure.rapidFailProtection'         = $true
    'failure.rapidFailProtectionInterval' = [System.TimeSpan]::FromMinutes(5)
}
foreach ($name in $settings.Keys) {
    Set-ItemProperty -Path "IIS:\AppPools\$pool" -Name $name -Value $settings[$name]
}
# The id is given because it cannot be reckoned where no other site exists.
New-Website -Name $pool -Id 1 -PhysicalPath $root -ApplicationPool $pool -IPAddress '127.0.0.1' -Port 8081 -Force | Out-Null
Set-ItemProperty -Path "IIS:\Sites\$pool" -Name 'applicationDefaults.preloadEnabled' -Value $true

$server = 'MACHINE/WEBROOT/APPHOST'
Set-WebConfigurationProperty -PSPath $server -Filter 'system.webServer/security/requestFiltering' -Name 'removeServerHeader' -Value $true
$headers = @{ PSPath = $server; Filter = 'system.webServer/httpProtocol/customHeaders'; Name = '.' }
Remove-WebConfigurationProperty @headers -AtElement @{ name = 'X-Powered-By' } -ErrorAction 'SilentlyContinue'
