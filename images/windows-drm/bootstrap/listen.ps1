# First boot of a build machine: WinRM over TLS, reached by Packer alone, gone before the image is kept (sealing/finish.ps1).
# Negotiate only, no basic authentication, nothing unencrypted.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$name = 'Watari build WinRM'

Set-Service -Name 'WinRM' -StartupType 'Automatic'
Start-Service -Name 'WinRM'
Enable-PSRemoting -Force -SkipNetworkProfileCheck
Set-Item -Path 'WSMan:\localhost\Service\Auth\Basic' -Value $false
Set-Item -Path 'WSMan:\localhost\Service\AllowUnencrypted' -Value $false
Set-Item -Path 'WSMan:\localhost\Shell\MaxMemoryPerShellMB' -Value 2048

Get-ChildItem -Path 'WSMan:\localhost\Listener' | Remove-Item -Recurse -Force
Disable-NetFirewallRule -DisplayGroup 'Windows Remote Management' -ErrorAction 'SilentlyContinue'

$days = (Get-Date).AddDays(1)
$certificate = New-SelfSignedCertificate -DnsName 'watari-build' -CertStoreLocation 'Cert:\LocalMachine\My' -NotAfter $days -FriendlyName $name
$listener = @{ Path = 'WSMan:\localhost\Listener'; Transport = 'HTTPS'; Address = '*'; CertificateThumbPrint = $certificate.Thumbprint }
New-Item @listener -Force | Out-Null
# Members of the group other than the built-in administrator would otherwise get a filtered token from afar.
$policy = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System'
Set-ItemProperty -Path $policy -Name 'LocalAccountTokenFilterPolicy' -Value 1 -Type 'DWord'
New-NetFirewallRule -DisplayName $name -Name 'watari-build-winrm' -Direction 'Inbound' -Protocol 'TCP' -LocalPort 5986 -Action 'Allow' -Profile 'Any' | Out-Null
