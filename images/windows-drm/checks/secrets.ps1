# Looks where builds of Windows images have left passwords and keys. Runs when everything has been cleaned, before sysprep.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$found = @()

# Answer files and the logs that repeat them.
$places = @(
    'C:\Windows\Panther', 'C:\Windows\System32\Sysprep\Panther', 'C:\Windows\Setup\Scripts', 'C:\Windows\Debug',
    'C:\ProgramData\Watari', 'C:\ProgramData\Amazon\EC2Launch\config', 'C:\Program Files\Watari', 'C:\inetpub',
    'C:\Program Files\Cloudbase Solutions\Cloudbase-Init\conf', 'C:\Program Files\Cloudbase Solutions\Cloudbase-Init\log'
)
# A password with a value, an access key of AWS, a token of Vault, a private key.
$patterns = @(
    '<(AdministratorPassword|Password)>\s*<Value>[^<*]', '(?i)\b(password|passwd|secret)\s*[=:]\s*[^\s$%<*]', 'AKIA[0-9A-Z]{16}',
    '\bhvs\.[A-Za-z0-9_-]{24}', '-----BEGIN [A-Z ]*PRIVATE KEY-----'
)
# Files of the image that speak of passwords without having one.
$known = '*\Watari\*.psm1', '*\Watari\*.ps1', '*\Cloudbase-Init\conf\*.conf', '*\Watari\cloudbase-init*.conf'
foreach ($place in $places) {
    if (-not (Test-Path -LiteralPath $place)) { continue }
    $files = Get-ChildItem -LiteralPath $place -Recurse -File -Force -ErrorAction 'SilentlyContinue' | Where-Object { $_.Length -lt 16777216 }
    foreach ($file in $files) {
        $wanted = if ($known | Where-Object { $file.FullName -like $_ }) { $patterns[0, 2, 3, 4] } else { $patterns }
        $hit = Select-String -LiteralPath $file.FullName -Pattern $wanted -List -ErrorAction 'SilentlyContinue'
        if ($null -ne $hit) { $found += "$($hit.Path):$($hit.LineNumber)" }
    }
}

# Files that are secrets by their kind, wherever somebody has put them.
foreach ($root in 'C:\Users', 'C:\ProgramData\Watari', 'C:\inetpub', 'C:\Windows\Temp') {
    $kinds = Get-ChildItem -Path $root -Recurse -File -Force -Include '*.pfx', '*.p12', '*.pem', '*.key', '*.ppk', '*.dpapi', 'bootstrap-token', '*unattend*.xml' -ErrorAction 'SilentlyContinue'
    $found += @($kinds | Where-Object { $_.FullName -notlike 'C:\Windows\Temp\watari\*' } | ForEach-Object { $_.FullName })
}

$logon = Get-Item -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
if ($null -ne $logon.GetValue('DefaultPassword')) { $found += 'Winlogon\DefaultPassword' }

# Packer is still at work: the certificate of its listener goes with the listener.
$listeners = @(Get-ChildItem -Path 'WSMan:\localhost\Listener')
$used = @($listeners | ForEach-Object { (Get-Item -Path "WSMan:\localhost\Listener\$($_.Name)\CertificateThumbprint").Value })
$certificates = @(Get-ChildItem -Path 'Cert:\LocalMachine\My' | Where-Object { $_.HasPrivateKey -and $used -notcontains $_.Thumbprint })
$found += @($certificates | ForEach-Object { "certificate with private key: $($_.Subject)" })

if ($found.Count -gt 0) { throw "secrets in the image: $($found -join ', ')" }
