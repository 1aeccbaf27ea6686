# The end of a build, as SYSTEM: no way in is left, the machine stops. The listener goes last of all: whoever waits for it to
# be gone (sealing/wait-for-closing.sh) knows that everything else is. When something fails, the listener stays and the
# build fails, because that wait has an end.
param(
    [Parameter(Mandatory)] [string] $User,
    [Parameter(Mandatory)] [string] $Builder
)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name 'C:\Program Files\Watari\Watari.psm1'

# Packer still reads the answer of the script that has started this, and removes it.
Start-Sleep -Seconds 45

try {
    $account = Get-LocalUser -Name $User
    if ($account.SID.Value -like '*-500') {
        # The built-in administrator cannot be removed: nobody knows its new password.
        Set-LocalUser -SID $account.SID -Password (New-RandomPassword) -PasswordNeverExpires $true
    } else {
        $folder = "C:\Users\$User"
        Remove-LocalUser -SID $account.SID
        Get-CimInstance -ClassName 'Win32_UserProfile' -Filter "SID = '$($account.SID.Value)'" -OperationTimeoutSec 60 |
            Where-Object { -not $_.Loaded } |
            Remove-CimInstance
        if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction 'SilentlyContinue' }
    }
    # Under QEMU it has no password at all until now.
    Get-LocalUser | Where-Object { $_.SID.Value -like '*-500' } | ForEach-Object {
        Set-LocalUser -SID $_.SID -Password (New-RandomPassword) -PasswordNeverExpires $true
    }
    Remove-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System' -Name 'LocalAccountTokenFilterPolicy' -ErrorAction 'SilentlyContinue'
    Remove-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon' -Name 'DefaultPassword', 'AutoAdminLogon' -ErrorAction 'SilentlyContinue'
    Get-ChildItem -Path 'Cert:\LocalMachine\My' | Where-Object { $_.Subject -eq 'CN=watari-build' } | Remove-Item
    @{ sealed = (Get-Date).ToUniversalTime().ToString('o'); builder = $Builder } |
        ConvertTo-Json -Compress |
        Set-Content -LiteralPath 'C:\Program Files\Watari\sealed.json' -Encoding 'Ascii'
    Unregister-ScheduledTask -TaskName 'watari-finish' -Confirm:$false
    Get-ChildItem -Path 'C:\Windows\Temp' -Force | Remove-Item -Recurse -Force -ErrorAction 'SilentlyContinue'
    # Event logs name what the build did; whoever investigates a machine wants its own.
    foreach ($log in Get-WinEvent -ListLog '*' -Force -ErrorAction 'SilentlyContinue' | Where-Object { $_.RecordCount }) {
        [System.Diagnostics.Eventing.Reader.EventLogSession]::GlobalSession.ClearLog($log.LogName)
    }
    Set-Service -Name 'WinRM' -StartupType 'Disabled'
    Get-ChildItem -Path 'WSMan:\localhost\Listener' | Remove-Item -Recurse -Force
    Remove-NetFirewallRule -Name 'watari-build-winrm'
    Stop-Service -Name 'WinRM' -Force
} catch {
    Write-Status -Kind 'Error' -Message "sealing failed, this image must not be kept: $_"
    exit 1
}

if ($Builder -eq 'amazon-ebs') {
    # The agent stops the machine when it is done, and Packer waits for that (disable_stop_instance).
    Invoke-Native -Program 'C:\Program Files\Amazon\EC2Launch\EC2Launch.exe' -Arguments 'sysprep', '--shutdown', '--block' -Seconds 1500
} else {
    Invoke-Native -Program 'shutdown.exe' -Arguments '/s', '/t', '0', '/f' -Seconds 60
}
