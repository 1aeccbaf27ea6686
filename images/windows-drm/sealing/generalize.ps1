# Sysprep where cloudbase-init sets machines up, to its end: what hangs is stopped and fails the build, with what sysprep
# itself says. On EC2 the agent's sysprep also stops the machine, on Google it takes away WinRM's certificate: there it runs
# when Packer's session is over, in sealing/finish.ps1.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name 'C:\Program Files\Watari\Watari.psm1'

# A password that has to be changed at the next logon stops Windows' first boot at a screen that nobody sees.
Get-LocalUser | Where-Object { $_.SID.Value -like '*-500' } | ForEach-Object {
    Invoke-Native -Program 'net.exe' -Arguments 'user', "`"$($_.Name)`"", '/logonpasswordchg:no' -Seconds 60
}

switch ($Env:PACKER_BUILDER_TYPE) {
    'amazon-ebs' {
        Copy-Item -LiteralPath 'C:\Program Files\Watari\agent-config.yml' -Destination 'C:\ProgramData\Amazon\EC2Launch\config\agent-config.yml' -Force
        Invoke-Native -Program 'C:\Program Files\Amazon\EC2Launch\EC2Launch.exe' -Arguments 'reset', '--block' -Seconds 300
    }
    'googlecompute' { Write-Output 'sealing/finish.ps1 runs GCESysprep' }
    default {
        # The agent must not wake up between here and the end; its specialize pass and first boot start it again.
        Set-Service -Name 'cloudbase-init' -StartupType 'Automatic'
        Stop-Service -Name 'cloudbase-init' -Force
        $answers = 'C:\Program Files\Watari\sysprep.xml'
        Invoke-Native -Program 'C:\Windows\System32\Sysprep\sysprep.exe' -Arguments '/generalize', '/oobe', '/mode:vm', '/quiet', '/quit', "/unattend:`"$answers`"" -Seconds 1500
        Assert-Generalized
    }
}
