# The end of a build, as SYSTEM: no way in is left, the machine stops. The listener goes last of all, and only if everything
# before it went well: whoever waits for it to be gone (sealing/wait-for-closing.sh), or for the machine to stop, knows that
# everything is done. When something fails, the machine stays up, and the build fails because that wait has an end.
param(
    [Parameter(Mandatory)] [string] $User,
    [Parameter(Mandatory)] [string] $Builder
)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name 'C:\Program Files\Watari\Watari.psm1'

# Generalizing takes 3 to 10 minutes.
$sysprepSeconds = 1500

function Remove-Account {
    $account = Get-LocalUser -Name $User
    # The built-in administrator cannot be removed.
    if ($account.SID.Value -notlike '*-500') {
        Remove-LocalUser -SID $account.SID
        $folder = "C:\Users\$User"
        if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction 'SilentlyContinue' }
    }
    # Nobody knows its new password. Under QEMU it had none until now.
    Get-LocalUser | Where-Object { $_.SID.Value -like '*-500' } | ForEach-Object {
        Set-LocalUser -SID $_.SID -Password (New-RandomPassword) -PasswordNeverExpires $true
    }
    $logon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
    Remove-ItemProperty -LiteralPath $logon -Name 'DefaultPassword', 'AutoAdminLogon' -ErrorAction 'SilentlyContinue'
}

function Remove-Traces {
    Unregister-ScheduledTask -TaskName 'watari-finish' -Confirm:$false
    Get-ChildItem -Path 'C:\Windows\Temp' -Force | Remove-Item -Recurse -Force -ErrorAction 'SilentlyContinue'
    # Event logs name what the build did; whoever investigates a machine wants its own.
    $logs = Get-WinEvent -ListLog '*' -Force -ErrorAction 'SilentlyContinue' | Where-Object { $_.RecordCount }
    foreach ($log in $logs) {
        try {
            [System.Diagnostics.Eventing.Reader.EventLogSession]::GlobalSession.ClearLog($log.LogName)
        } catch {
            Write-Verbose "$($log.LogName) cannot be cleared: $_"
        }
    }
}

# GCESysprep itself waits for sysprep without an end (compute-image-windows issue 156). It opens Windows' own rules for
# remote management again; Close-RemoteManagement shuts them.
function Start-GoogleSysprep {
    $arguments = '/c', '"C:\Program Files\Google\Compute Engine\sysprep\gcesysprep.bat" -NoShutdown'
    Invoke-Native -Program 'cmd.exe' -Arguments $arguments -Seconds $sysprepSeconds
    Assert-Generalized
}

# Packer still reads the answer of the script that has started this, and removes it.
Start-Sleep -Seconds 45

try {
    Remove-Account
    Remove-Traces
    if ($Builder -eq 'googlecompute') { Start-GoogleSysprep }
    @{ sealed = (Get-Date).ToUniversalTime().ToString('o'); builder = $Builder } |
        ConvertTo-Json -Compress |
        Set-Content -LiteralPath 'C:\Program Files\Watari\sealed.json' -Encoding 'Ascii'
    Close-RemoteManagement
} catch {
    Write-Status -Kind 'Error' -Message "sealing failed, this image must not be kept: $_"
    exit 1
}

if ($Builder -eq 'amazon-ebs') {
    # The agent stops the machine when it is done, and Packer waits for that (disable_stop_instance).
    Invoke-Native -Program 'C:\Program Files\Amazon\EC2Launch\EC2Launch.exe' -Arguments 'sysprep', '--shutdown', '--block' -Seconds $sysprepSeconds
} else {
    Invoke-Native -Program 'shutdown.exe' -Arguments '/s', '/t', '0', '/f' -Seconds 60
}
