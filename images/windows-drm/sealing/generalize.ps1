# Sysprep, as each provider wants it, to its end: what hangs is stopped and fails the build, with what sysprep itself says.
# On EC2 the agent's sysprep also stops the machine, so it is the last thing that sealing/finish.ps1 does.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name 'C:\Program Files\Watari\Watari.psm1'

# Generalizing takes 3 to 10 minutes; GCESysprep has been seen to hang for ever (compute-image-windows issue 156).
$seconds = 1500

# A password that has to be changed at the next logon stops Windows' first boot at a screen that nobody sees.
Get-LocalUser | Where-Object { $_.SID.Value -like '*-500' } | ForEach-Object {
    Invoke-Native -Program 'net.exe' -Arguments 'user', "`"$($_.Name)`"", '/logonpasswordchg:no' -Seconds 60
}

switch ($Env:PACKER_BUILDER_TYPE) {
    'amazon-ebs' {
        Copy-Item -LiteralPath 'C:\Program Files\Watari\agent-config.yml' -Destination 'C:\ProgramData\Amazon\EC2Launch\config\agent-config.yml' -Force
        Invoke-Native -Program 'C:\Program Files\Amazon\EC2Launch\EC2Launch.exe' -Arguments 'reset', '--block' -Seconds 300
    }
    'googlecompute' {
        Invoke-Native -Program 'cmd.exe' -Arguments '/c', '"C:\Program Files\Google\Compute Engine\sysprep\gcesysprep.bat" -NoShutdown' -Seconds $seconds
    }
    default {
        # The agent must not wake up between here and the end; its specialize pass and first boot start it again.
        Set-Service -Name 'cloudbase-init' -StartupType 'Automatic'
        Stop-Service -Name 'cloudbase-init' -Force
        $answers = 'C:\Program Files\Watari\sysprep.xml'
        Invoke-Native -Program 'C:\Windows\System32\Sysprep\sysprep.exe' -Arguments '/generalize', '/oobe', '/mode:vm', '/quiet', '/quit', "/unattend:`"$answers`"" -Seconds $seconds
    }
}
if ($Env:PACKER_BUILDER_TYPE -eq 'amazon-ebs') { return }

# Sysprep ends with 0 whatever it met; the state tells.
$state = (Get-ItemProperty -LiteralPath 'HKLM:\SYSTEM\Setup\Status\SysprepStatus').GeneralizationState
if ($state -ne 7) {
    $log = 'C:\Windows\System32\Sysprep\Panther\setuperr.log'
    $said = if (Test-Path -LiteralPath $log) { (Get-Content -LiteralPath $log -Tail 20) -join "`n" } else { 'nothing' }
    throw "sysprep has not generalized Windows: state $state, 7 is wanted. It says: $said"
}
