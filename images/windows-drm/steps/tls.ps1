# TLS 1.2 and 1.3 with forward secrecy and authenticated encryption, for IIS, for .NET and for what the machine calls.
# Registry: https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Set-Number {
    param([string] $Key, [string] $Name, [int] $Value)
    if (-not (Test-Path -LiteralPath $Key)) { New-Item -Path $Key -Force | Out-Null }
    Set-ItemProperty -LiteralPath $Key -Name $Name -Value $Value -Type 'DWord'
}

$protocols = 'HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols'
$allowed = [ordered]@{ 'SSL 2.0' = 0; 'SSL 3.0' = 0; 'TLS 1.0' = 0; 'TLS 1.1' = 0; 'TLS 1.2' = 1; 'TLS 1.3' = 1 }
foreach ($protocol in $allowed.Keys) {
    foreach ($side in 'Client', 'Server') {
        Set-Number -Key "$protocols\$protocol\$side" -Name 'Enabled' -Value $allowed[$protocol]
        Set-Number -Key "$protocols\$protocol\$side" -Name 'DisabledByDefault' -Value (1 - $allowed[$protocol])
    }
}

# Suites of RFC 8446 and the ECDHE-GCM ones of RFC 5289; the registry takes nothing else after this.
$suites = @(
    'TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256',
    'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'
)
$order = 'HKLM:\SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002'
if (-not (Test-Path -LiteralPath $order)) { New-Item -Path $order -Force | Out-Null }
Set-ItemProperty -LiteralPath $order -Name 'Functions' -Value ($suites -join ',') -Type 'String'

foreach ($version in 'v2.0.50727', 'v4.0.30319') {
    foreach ($software in 'HKLM:\SOFTWARE', 'HKLM:\SOFTWARE\WOW6432Node') {
        $key = "$software\Microsoft\.NETFramework\$version"
        Set-Number -Key $key -Name 'SchUseStrongCrypto' -Value 1
        Set-Number -Key $key -Name 'SystemDefaultTlsVersions' -Value 1
    }
}
