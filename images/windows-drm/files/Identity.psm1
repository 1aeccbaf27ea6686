# Secrets and the licence server's package, by the identity of this machine. Each way gives the same two functions: text of
# a secret, and a file. Nothing that is fetched here touches the disk but the package, which is checked by its hash, and
# Vault's token, encrypted by the machine's own key, until the machine serves: a first boot that fails may be tried again.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name 'C:\Program Files\Watari\Watari.psm1'

$script:requestSeconds = 30
[System.Net.ServicePointManager]::SecurityProtocol = [System.Net.SecurityProtocolType]::Tls12

# AWS: the role of the instance. The module is part of Amazon's Windows images and takes the role's credentials by itself.
function New-AwsIdentity {
    param([Parameter(Mandatory)] $Settings)
    # Global: closures see what the session has, not what this module has.
    Import-Module -Name 'AWSPowerShell' -Global
    $region = $Settings.region
    return @{
        Secret = { param($Name) (Get-SECSecretValue -SecretId $Name -Region $region).SecretString }.GetNewClosure()
        File   = {
            param($Url, $Path)
            $address = [System.Uri] $Url
            Read-S3Object -BucketName $address.Host -Key $address.AbsolutePath.TrimStart('/') -File $Path -Region $region | Out-Null
        }.GetNewClosure()
    }
}

# Google: the machine's service account, by a token of the metadata server.
function New-GoogleIdentity {
    $timeout = $script:requestSeconds
    $token = {
        $address = 'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token'
        $answer = Invoke-RestMethod -Uri $address -Headers @{ 'Metadata-Flavor' = 'Google' } -TimeoutSec $timeout
        return @{ Authorization = "Bearer $($answer.access_token)" }
    }.GetNewClosure()
    return @{
        Secret = {
            param($Name)
            $answer = Invoke-RestMethod -Uri "https://secretmanager.googleapis.com/v1/${Name}:access" -Headers (& $token) -TimeoutSec $timeout
            return [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($answer.payload.data))
        }.GetNewClosure()
        File   = {
            param($Url, $Path)
            $address = [System.Uri] $Url
            $object = [System.Uri]::EscapeDataString($address.AbsolutePath.TrimStart('/'))
            $source = "https://storage.googleapis.com/storage/v1/b/$($address.Host)/o/${object}?alt=media"
            $ProgressPreference = 'SilentlyContinue'
            Invoke-WebRequest -UseBasicParsing -Uri $source -Headers (& $token) -OutFile $Path -TimeoutSec 600
        }.GetNewClosure()
    }
}

# Vault's token as this machine keeps it (DPAPI), because the wrapped one can be used once only.
$script:tokenFile = 'C:\ProgramData\Watari\vault-token.dpapi'

function Read-KeptToken {
    if (-not (Test-Path -LiteralPath $script:tokenFile)) { return $null }
    Add-Type -AssemblyName 'System.Security'
    $sealed = [System.IO.File]::ReadAllBytes($script:tokenFile)
    return [System.Text.Encoding]::UTF8.GetString([System.Security.Cryptography.ProtectedData]::Unprotect($sealed, $null, 'LocalMachine'))
}

function Save-KeptToken {
    param([Parameter(Mandatory)] [string] $Token)
    Add-Type -AssemblyName 'System.Security'
    $clear = [System.Text.Encoding]::UTF8.GetBytes($Token)
    $sealed = [System.Security.Cryptography.ProtectedData]::Protect($clear, $null, 'LocalMachine')
    [System.Array]::Clear($clear, 0, $clear.Length)
    [System.IO.File]::WriteAllBytes($script:tokenFile, $sealed)
    Set-RestrictedAccess -Path $script:tokenFile
}

# Once the machine serves, nobody needs it any more.
function Clear-IdentityToken {
    if (Test-Path -LiteralPath $script:tokenFile) { Remove-Item -LiteralPath $script:tokenFile -Force }
}

# Elsewhere: Vault, by a token that can be unwrapped once. If somebody else has been faster, unwrapping fails, loudly.
function New-VaultIdentity {
    param([Parameter(Mandatory)] $Settings)
    if ($Settings.address -notmatch '^https://') { throw "Vault's address $($Settings.address) is not an https one" }
    $timeout = $script:requestSeconds
    $address = $Settings.address.TrimEnd('/')
    $token = Read-KeptToken
    if ($null -eq $token) {
        $once = @{ 'X-Vault-Token' = Get-BootstrapToken }
        $unwrapped = Invoke-RestMethod -Method 'Post' -Uri "$address/v1/sys/wrapping/unwrap" -Headers $once -TimeoutSec $timeout
        $token = $unwrapped.auth.client_token
        Save-KeptToken -Token $token
    }
    $headers = @{ 'X-Vault-Token' = $token }
    return @{
        Secret = {
            param($Name)
            $path, $field = $Name -split '#', 2
            $answer = Invoke-RestMethod -Uri "$address/v1/$path" -Headers $headers -TimeoutSec $timeout
            return $answer.data.data.$field
        }.GetNewClosure()
        File   = {
            param($Url, $Path)
            if ($Url -notmatch '^https://') { throw "$Url is not an https address" }
            $ProgressPreference = 'SilentlyContinue'
            Invoke-WebRequest -UseBasicParsing -Uri $Url -OutFile $Path -TimeoutSec 600
        }.GetNewClosure()
    }
}

# From the metadata of the machine (config drive), or from the file that cloudbase-init wrote; the file goes at once.
function Get-BootstrapToken {
    $file = 'C:\ProgramData\Watari\bootstrap-token'
    if (Test-Path -LiteralPath $file) {
        $token = (Get-Content -LiteralPath $file -Raw).Trim()
        Remove-Item -LiteralPath $file -Force
        return $token
    }
    $drive = Get-Volume | Where-Object { $_.FileSystemLabel -eq 'config-2' -and $_.DriveLetter } | Select-Object -First 1
    if ($null -ne $drive) {
        $metadata = Get-Content -LiteralPath "$($drive.DriveLetter):\openstack\latest\meta_data.json" -Raw | ConvertFrom-Json
        if ($metadata.PSObject.Properties['meta'] -and $metadata.meta.PSObject.Properties['watari_bootstrap_token']) {
            return $metadata.meta.watari_bootstrap_token
        }
    }
    throw "There is no bootstrap token: neither $file nor meta.watari_bootstrap_token on a config drive. Give the machine a fresh one"
}

function New-MachineIdentity {
    param([Parameter(Mandatory)] $Settings)
    switch ($Settings.kind) {
        'aws' { return New-AwsIdentity -Settings $Settings }
        'google' { return New-GoogleIdentity }
        'vault' { return New-VaultIdentity -Settings $Settings }
    }
    throw "identity.kind is $($Settings.kind); it is one of aws, google, vault"
}

Export-ModuleMember -Function 'New-MachineIdentity', 'Clear-IdentityToken'
