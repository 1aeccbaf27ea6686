# From a sealed image to a serving licence server, in 20 minutes at most (first-boot.json has the budget of each phase).
# Windows starts it at each boot and each minute: after a failure it begins again, once it serves there is nothing to do.
# Until its end, and whenever it fails, the health endpoint says no.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name 'C:\Program Files\Watari\Watari.psm1'
Import-Module -Name 'C:\Program Files\Watari\Identity.psm1'
Import-Module -Name 'C:\Program Files\Watari\Provision.psm1'

# On the machine of the build it has nothing to do, and must not shut the door in its face.
if (-not (Test-Path -LiteralPath 'C:\Program Files\Watari\sealed.json')) { exit 0 }

$mark = 'C:\ProgramData\Watari\serving.json'
$report = 'C:\ProgramData\Watari\first-boot-report.json'
# At every boot: what a provider's agent opens is shut again.
Close-RemoteManagement
if (Test-Path -LiteralPath $mark) { exit 0 }

$seconds = [ordered]@{}
$phase = 'start'

function Measure-Phase {
    param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [scriptblock] $Work)
    $script:phase = $Name
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    & $Work
    $seconds[$Name] = [int] $clock.Elapsed.TotalSeconds
}

try {
    Measure-Phase -Name 'sealed' -Work { Assert-Sealed }
    Measure-Phase -Name 'settings' -Work { $script:settings = Read-Settings }
    Measure-Phase -Name 'time' -Work { Set-TimeServers -Servers $settings.timeServers }
    Measure-Phase -Name 'firewall' -Work { Open-Firewall -Allow $settings.allow }
    Measure-Phase -Name 'logs' -Work { Start-Shipping -Logs $settings.logs }
    Measure-Phase -Name 'identity' -Work { $script:identity = New-MachineIdentity -Settings $settings.identity }
    Measure-Phase -Name 'package' -Work { Install-Package -Identity $identity -Package $settings.package }
    Measure-Phase -Name 'certificate' -Work { Install-Certificate -Identity $identity -Certificate $settings.certificate }
    Measure-Phase -Name 'keys' -Work { Install-Secrets -Identity $identity -Secrets $settings.secrets }
    # Google's setup may have opened it since the start.
    Close-RemoteManagement
    Measure-Phase -Name 'serving' -Work { Start-Serving -HealthPath $settings.healthPath -Seconds 240 }
    Clear-IdentityToken
    $seconds | ConvertTo-Json | Set-Content -LiteralPath $report -Encoding 'Ascii'
    Write-Status -Message "serving, first boot took $(($seconds.Values | Measure-Object -Sum).Sum) s"
} catch {
    Write-Status -Kind 'Error' -Message "first boot failed at '$phase': $_. The machine stays unhealthy"
    exit 1
}
