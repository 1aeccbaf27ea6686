# Before first boot has said from where, nothing comes in: not the service, not its health, and no remote management.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

foreach ($fence in Get-NetFirewallProfile) {
    if ("$($fence.Enabled)" -ne 'True' -or "$($fence.DefaultInboundAction)" -ne 'Block') { throw "the profile $($fence.Name) lets in what it does not name" }
}
$kept = '@FirewallAPI.dll,-25000'
$open = @(Get-NetFirewallRule -Direction 'Inbound' -Enabled 'True' | Where-Object { $_.Group -ne $kept -and $_.Name -ne 'watari-build-winrm' })
if ($open.Count -gt 0) { throw "open: $(($open | ForEach-Object { $_.Name }) -join ', ')" }
