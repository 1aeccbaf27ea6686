# What is in the image, a line each, tab-separated: `feature`, `hotfix` or `program`, name, version.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$lines = @()
$lines += @(Get-WindowsFeature | Where-Object { $_.Installed } | ForEach-Object { "feature`t$($_.Name)`t" })
$lines += @(Get-HotFix | ForEach-Object { "hotfix`t$($_.HotFixID)`t" })
$keys = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*', 'HKLM:\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*'
$programs = Get-ItemProperty -Path $keys | Where-Object { $_.PSObject.Properties['DisplayName'] -and $_.PSObject.Properties['DisplayVersion'] }
$lines += @($programs | ForEach-Object { "program`t$($_.DisplayName)`t$($_.DisplayVersion)" })
$lines | Sort-Object -Unique | Set-Content -LiteralPath 'C:\Windows\Temp\watari\manifest.tsv' -Encoding 'Ascii'
