# What steps, first boot and health share. Nothing here waits without an end.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# Asks again and again; throws $Message when the answer is still no after $Seconds.
function Wait-Until {
    param(
        [Parameter(Mandatory)] [scriptblock] $Condition,
        [Parameter(Mandatory)] [int] $Seconds,
        [Parameter(Mandatory)] [string] $Message,
        [int] $PauseSeconds = 2
    )
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ($clock.Elapsed.TotalSeconds -lt $Seconds) {
        if (& $Condition) { return }
        Start-Sleep -Seconds $PauseSeconds
    }
    throw "$Message (waited $Seconds s)"
}

# Runs a program to its end. Arguments are joined by spaces: whoever passes one with spaces in it quotes it.
function Invoke-Native {
    param(
        [Parameter(Mandatory)] [string] $Program,
        [string[]] $Arguments = @(),
        [int] $Seconds = 600,
        [int[]] $Accept = @(0)
    )
    $options = @{ FilePath = $Program; PassThru = $true; NoNewWindow = $true }
    if ($Arguments.Count -gt 0) { $options['ArgumentList'] = $Arguments }
    $process = Start-Process @options
    # Without a handle that was opened while it ran, Windows PowerShell loses the exit code.
    $null = $process.Handle
    if (-not $process.WaitForExit($Seconds * 1000)) {
        Stop-Process -Id $process.Id -Force
        throw "$Program did not end within $Seconds s and was stopped"
    }
    if ($Accept -notcontains $process.ExitCode) { throw "$Program ended with $($process.ExitCode)" }
}

# Throws, and leaves no file, when what is there is not what was pinned.
function Assert-Hash {
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Hash, [string] $From = $Path)
    $found = (Get-FileHash -LiteralPath $Path -Algorithm 'SHA256').Hash
    if ($found -eq $Hash) { return }
    Remove-Item -LiteralPath $Path -Force
    throw "$From has SHA-256 $found, pinned is $Hash; it was removed and not run"
}

function Save-Verified {
    param(
        [Parameter(Mandatory)] [string] $Url,
        [Parameter(Mandatory)] [string] $Hash,
        [Parameter(Mandatory)] [string] $Path,
        [hashtable] $Headers = @{},
        [int] $Seconds = 600
    )
    if ($Url -notmatch '^https://') { throw "$Url is not an https address" }
    [System.Net.ServicePointManager]::SecurityProtocol = [System.Net.SecurityProtocolType]::Tls12
    # The progress bar makes Windows PowerShell download at a tenth of the speed.
    $ProgressPreference = 'SilentlyContinue'
    Invoke-WebRequest -UseBasicParsing -Uri $Url -OutFile $Path -Headers $Headers -TimeoutSec $Seconds
    Assert-Hash -Path $Path -Hash $Hash -From $Url
}

# To the event log, and to the serial console where the provider shows one.
function Write-Status {
    param([Parameter(Mandatory)] [string] $Message, [ValidateSet('Information', 'Error')] [string] $Kind = 'Information')
    Write-Output $Message
    if (-not [System.Diagnostics.EventLog]::SourceExists('Watari')) {
        [System.Diagnostics.EventLog]::CreateEventSource('Watari', 'Application')
    }
    Write-EventLog -LogName 'Application' -Source 'Watari' -EventId 1 -EntryType $Kind -Message $Message
    Write-Console -Message $Message
}

function Write-Console {
    param([Parameter(Mandatory)] [string] $Message)
    $port = $null
    try {
        $port = New-Object -TypeName 'System.IO.Ports.SerialPort' -ArgumentList 'COM1', 115200
        $port.WriteTimeout = 2000
        $port.Open()
        $port.WriteLine("watari: $Message")
    } catch {
        Write-Verbose "no serial console: $_"
    } finally {
        if ($null -ne $port) { $port.Dispose() }
    }
}

function New-RandomPassword {
    $bytes = New-Object -TypeName 'byte[]' -ArgumentList 32
    $random = [System.Security.Cryptography.RandomNumberGenerator]::Create()
    $random.GetBytes($bytes)
    $random.Dispose()
    $password = New-Object -TypeName 'System.Security.SecureString'
    # One of each class that Windows' complexity rule asks for, then 43 letters of base64.
    foreach ($letter in ('Aa0-' + [System.Convert]::ToBase64String($bytes)).ToCharArray()) { $password.AppendChar($letter) }
    return $password
}

# SYSTEM and administrators own it; $Readers may read; nobody inherits anything.
function Set-RestrictedAccess {
    param([Parameter(Mandatory)] [string] $Path, [string[]] $Readers = @())
    $inherit = if (Test-Path -LiteralPath $Path -PathType 'Container') { '(OI)(CI)' } else { '' }
    $grants = @("*S-1-5-18:${inherit}F", "*S-1-5-32-544:${inherit}F")
    $grants += @($Readers | ForEach-Object { "`"${_}:${inherit}R`"" })
    Invoke-Native -Program 'icacls.exe' -Arguments (@("`"$Path`"", '/inheritance:r', '/grant:r') + $grants) -Seconds 60
}

# A script that Windows starts at boot, with nobody logged on, and each minute while it does not run. Windows' own restart
# after a failure does not look at exit codes ([MS-TSCH] 2.5.4.2): a script that ends with 1 has not failed for it.
function Register-BootTask {
    param(
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] [string] $Script,
        [string] $Account = 'SYSTEM',
        [System.TimeSpan] $Limit = [System.TimeSpan]::Zero
    )
    $arguments = "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$Script`""
    $action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument $arguments
    $again = New-ScheduledTaskTrigger -Once -At (Get-Date) -RepetitionInterval (New-TimeSpan -Minutes 1)
    $triggers = @((New-ScheduledTaskTrigger -AtStartup), $again)
    $settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit $Limit -MultipleInstances 'IgnoreNew' -StartWhenAvailable
    $principal = New-ScheduledTaskPrincipal -UserId $Account -LogonType 'ServiceAccount' -RunLevel 'Limited'
    if ($Account -eq 'SYSTEM') { $principal.RunLevel = 'Highest' }
    $task = @{ TaskName = $Name; Action = $action; Trigger = $triggers; Settings = $settings; Principal = $principal }
    Register-ScheduledTask @task -Force | Out-Null
}

# Sysprep ends with 0 whatever it met; the state tells.
function Assert-Generalized {
    $state = (Get-ItemProperty -LiteralPath 'HKLM:\SYSTEM\Setup\Status\SysprepStatus').GeneralizationState
    if ($state -eq 7) { return }
    $log = 'C:\Windows\System32\Sysprep\Panther\setuperr.log'
    $said = if (Test-Path -LiteralPath $log) { (Get-Content -LiteralPath $log -Tail 20) -join "`n" } else { 'nothing' }
    throw "sysprep has not generalized Windows: state $state, 7 is wanted. It says: $said"
}

# No listener, no certificate, no rule, no service. Google's own setup opens it again when a machine first boots, so first
# boot shuts it too.
function Close-RemoteManagement {
    $key = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System'
    Remove-ItemProperty -LiteralPath $key -Name 'LocalAccountTokenFilterPolicy' -ErrorAction 'SilentlyContinue'
    if ((Get-Service -Name 'WinRM').Status -eq 'Running') {
        $listeners = @(Get-ChildItem -Path 'WSMan:\localhost\Listener')
        $used = @($listeners | ForEach-Object { (Get-Item -Path "WSMan:\localhost\Listener\$($_.Name)\CertificateThumbprint").Value })
        Get-ChildItem -Path 'Cert:\LocalMachine\My' | Where-Object { $used -contains $_.Thumbprint } | Remove-Item
        $listeners | Remove-Item -Recurse -Force
    }
    Get-ChildItem -Path 'Cert:\LocalMachine\My' | Where-Object { $_.Subject -eq 'CN=watari-build' } | Remove-Item
    # By port, not by name: every provider has a name of its own for them. 5985 and 5986: WinRM, 3389: remote desktop.
    Get-NetFirewallPortFilter -Protocol 'TCP' |
        Where-Object { $_.LocalPort -in '5985', '5986', '3389' } |
        Get-NetFirewallRule |
        Where-Object { $_.Direction -eq 'Inbound' } |
        Disable-NetFirewallRule
    Remove-NetFirewallRule -Name 'watari-build-winrm' -ErrorAction 'SilentlyContinue'
    Set-Service -Name 'WinRM' -StartupType 'Disabled'
    Stop-Service -Name 'WinRM' -Force
}

Export-ModuleMember -Function 'Wait-Until', 'Invoke-Native', 'Assert-Hash', 'Save-Verified', 'Write-Status', 'Write-Console', 'New-RandomPassword', 'Set-RestrictedAccess', 'Register-BootTask', 'Assert-Generalized', 'Close-RemoteManagement'
