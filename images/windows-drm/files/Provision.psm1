# What first boot does, phase by phase; first-boot.ps1 says in which order.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name 'C:\Program Files\Watari\Watari.psm1'
Import-Module -Name 'WebAdministration'

$script:state = 'C:\ProgramData\Watari'
$script:site = 'C:\inetpub\drm'
$script:pool = 'IIS AppPool\drm'

# A machine that still lets its builder in serves nobody. sealing/finish.ps1 is what removes all of this.
function Assert-Sealed {
    if ($null -ne (Get-LocalUser -Name 'watari-build' -ErrorAction 'SilentlyContinue')) { throw 'The build account is still there: build the image again' }
    $open = @(Get-ChildItem -Path 'C:\Windows\Temp' -Filter 'watari' -Directory -Force)
    if ($open.Count -gt 0) { throw "The build's files are still there: build the image again" }
}

# User data writes it, after Windows has started this: 5 minutes are for providers whose metadata comes late.
function Read-Settings {
    $file = "$script:state\settings.json"
    Wait-Until -Seconds 300 -Message "$file is absent: the machine's user data writes it" -Condition { Test-Path -LiteralPath 'C:\ProgramData\Watari\settings.json' }
    $settings = Get-Content -LiteralPath $file -Raw | ConvertFrom-Json
    foreach ($name in 'identity', 'package', 'certificate', 'secrets', 'allow', 'timeServers', 'logs', 'healthPath') {
        if (-not $settings.PSObject.Properties[$name]) { throw "${file}: $name is absent" }
    }
    if ($settings.healthPath -notmatch '^/[A-Za-z0-9/_.-]*$') { throw "${file}: healthPath is $($settings.healthPath); it is a path such as /health" }
    return $settings
}

function Set-TimeServers {
    param([Parameter(Mandatory)] [string[]] $Servers)
    $peers = ($Servers | ForEach-Object { "$_,0x8" }) -join ' '
    Invoke-Native -Program 'w32tm.exe' -Arguments '/config', "/manualpeerlist:`"$peers`"", '/syncfromflags:manual', '/update' -Seconds 60
    Restart-Service -Name 'W32Time' -Force
    # Right after its start the service has heard of nobody yet, and says so by its exit code.
    Wait-Until -Seconds 180 -PauseSeconds 10 -Message "No time from $peers" -Condition {
        try {
            Invoke-Native -Program 'w32tm.exe' -Arguments '/resync', '/rediscover' -Seconds 60
            $true
        } catch {
            $false
        }
    }
}

# Prefixes are stated; an empty list leaves the port shut.
function Open-Firewall {
    param([Parameter(Mandatory)] $Allow)
    $names = [ordered]@{ service = 'watari-service'; health = 'watari-health'; metrics = 'watari-metrics' }
    foreach ($name in $names.Keys) {
        $prefixes = @($Allow.$name)
        if ($prefixes.Count -eq 0) { continue }
        Set-NetFirewallRule -Name $names[$name] -RemoteAddress $prefixes -Enabled 'True'
    }
}

# The package of the licensee: a zip with the published application and, where it needs one, its own install.ps1 for the
# SDK's installers. It is verified before anything in it runs.
function Install-Package {
    param([Parameter(Mandatory)] $Identity, [Parameter(Mandatory)] $Package)
    $file = "$script:state\package.zip"
    & $Identity.File $Package.url $file
    Assert-Hash -Path $file -Hash $Package.sha256 -From $Package.url
    Expand-Archive -LiteralPath $file -DestinationPath $script:site -Force
    Remove-Item -LiteralPath $file -Force
    Set-RestrictedAccess -Path $script:site -Readers $script:pool
    $installer = "$script:site\install.ps1"
    if (Test-Path -LiteralPath $installer) {
        Invoke-Native -Program 'powershell.exe' -Arguments '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', "`"$installer`"" -Seconds 600 -Accept 0, 3010
    }
}

# The certificate of the listener with its key: a PFX in base64 and its password, both secrets. Imported without the
# exportable flag, into the machine's store: Windows itself ends TLS, the application never sees the key.
function Install-Certificate {
    param([Parameter(Mandatory)] $Identity, [Parameter(Mandatory)] $Certificate)
    $bytes = [System.Convert]::FromBase64String((& $Identity.Secret $Certificate.pfx))
    $flags = [System.Security.Cryptography.X509Certificates.X509KeyStorageFlags] 'MachineKeySet, PersistKeySet'
    $type = 'System.Security.Cryptography.X509Certificates.X509Certificate2'
    $pair = New-Object -TypeName $type -ArgumentList $bytes, (& $Identity.Secret $Certificate.password), $flags
    [System.Array]::Clear($bytes, 0, $bytes.Length)
    if (-not $pair.HasPrivateKey) { throw "$($Certificate.pfx) holds no private key" }
    $store = New-Object -TypeName 'System.Security.Cryptography.X509Certificates.X509Store' -ArgumentList 'My', 'LocalMachine'
    $store.Open('ReadWrite')
    $store.Add($pair)
    $store.Close()
    Get-WebBinding -Name 'drm' -Protocol 'https' | Remove-WebBinding
    New-WebBinding -Name 'drm' -Protocol 'https' -Port 443
    (Get-WebBinding -Name 'drm' -Protocol 'https').AddSslCertificate($pair.Thumbprint, 'My')
}

# Keys that are not certificates: encrypted by the machine's own key (DPAPI), and readable by the pool alone.
function Install-Secrets {
    param([Parameter(Mandatory)] $Identity, [Parameter(Mandatory)] $Secrets)
    Add-Type -AssemblyName 'System.Security'
    Set-RestrictedAccess -Path "$script:state\keys" -Readers $script:pool
    foreach ($secret in $Secrets.PSObject.Properties) {
        if ($secret.Name -notmatch '^[A-Za-z0-9_-]+$') { throw "secrets: $($secret.Name) is not a name of letters, digits, _ and -" }
        $clear = [System.Text.Encoding]::UTF8.GetBytes((& $Identity.Secret $secret.Value))
        $sealed = [System.Security.Cryptography.ProtectedData]::Protect($clear, $null, 'LocalMachine')
        [System.Array]::Clear($clear, 0, $clear.Length)
        [System.IO.File]::WriteAllBytes("$script:state\keys\$($secret.Name).dpapi", $sealed)
    }
}

function Start-Shipping {
    param([Parameter(Mandatory)] $Logs)
    $output = @('[OUTPUT]', '    Name forward', '    Match *', "    Host $($Logs.host)", "    Port $($Logs.port)", '    tls On', '    tls.verify On')
    Set-Content -LiteralPath "$script:state\fluent-bit-output.conf" -Value $output -Encoding 'Ascii'
    Set-Service -Name 'fluent-bit' -StartupType 'Automatic'
    Start-Service -Name 'fluent-bit'
}

function Start-Serving {
    param([Parameter(Mandatory)] [string] $HealthPath, [Parameter(Mandatory)] [int] $Seconds)
    if ((Get-WebAppPoolState -Name 'drm').Value -eq 'Started') { Restart-WebAppPool -Name 'drm' } else { Start-WebAppPool -Name 'drm' }
    if ((Get-WebsiteState -Name 'drm').Value -ne 'Started') { Start-Website -Name 'drm' }
    $address = "http://127.0.0.1:8081$HealthPath"
    Wait-Until -Seconds $Seconds -PauseSeconds 5 -Message "The application does not answer 200 at $address" -Condition {
        try {
            (Invoke-WebRequest -UseBasicParsing -Uri $address -TimeoutSec 5).StatusCode -eq 200
        } catch {
            $false
        }
    }.GetNewClosure()
    @{ healthPath = $HealthPath; since = (Get-Date).ToUniversalTime().ToString('o') } |
        ConvertTo-Json -Compress |
        Set-Content -LiteralPath "$script:state\serving.json" -Encoding 'Ascii'
}

Export-ModuleMember -Function 'Assert-Sealed', 'Read-Settings', 'Set-TimeServers', 'Open-Firewall', 'Install-Package', 'Install-Certificate', 'Install-Secrets', 'Start-Shipping', 'Start-Serving'
