# Nothing comes in but what is named here, and not even that before first boot has said from where.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# DHCP and what IP itself needs.
$kept = '@FirewallAPI.dll,-25000'
# Packer is still at work; sealing/finish.ps1 removes it.
$building = 'watari-build-winrm'

Set-NetFirewallProfile -All -Enabled 'True' -DefaultInboundAction 'Block' -DefaultOutboundAction 'Allow' -NotifyOnListen 'False'
Get-NetFirewallRule -Direction 'Inbound' -Enabled 'True' |
    Where-Object { $_.Group -ne $kept -and $_.Name -ne $building } |
    Disable-NetFirewallRule

$ports = [ordered]@{ 'watari-service' = 443; 'watari-health' = 8080; 'watari-metrics' = 9182 }
foreach ($name in $ports.Keys) {
    Remove-NetFirewallRule -Name $name -ErrorAction 'SilentlyContinue'
    $rule = @{ Name = $name; DisplayName = $name; Direction = 'Inbound'; Protocol = 'TCP'; LocalPort = $ports[$name] }
    New-NetFirewallRule @rule -Action 'Allow' -Profile 'Any' -Enabled 'False' | Out-Null
}
