# What sets a machine up at its first boot: EC2Launch v2 and Google's agent are in their providers' plain images; elsewhere
# it is cloudbase-init, from the address and with the hash that the build was given.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name 'C:\Program Files\Watari\Watari.psm1'

$expected = @{
    'amazon-ebs'    = 'C:\Program Files\Amazon\EC2Launch\EC2Launch.exe'
    'googlecompute' = 'C:\Program Files\Google\Compute Engine\sysprep\gcesysprep.bat'
    'cloudstack'    = 'C:\Program Files\Cloudbase Solutions\Cloudbase-Init\Python\Scripts\cloudbase-init.exe'
    'qemu'          = 'C:\Program Files\Cloudbase Solutions\Cloudbase-Init\Python\Scripts\cloudbase-init.exe'
}
$builder = $Env:PACKER_BUILDER_TYPE
if (-not $expected.ContainsKey($builder)) { throw "Builder $builder is not known: $($expected.Keys -join ', ')" }

if ($builder -in 'cloudstack', 'qemu') {
    $installer = 'C:\Windows\Temp\watari\cloudbase-init.msi'
    if (-not (Test-Path -LiteralPath $expected[$builder])) {
        Save-Verified -Url $Env:CLOUDBASE_INIT_URL -Hash $Env:CLOUDBASE_INIT_SHA256 -Path $installer
        Invoke-Native -Program 'msiexec.exe' -Arguments '/i', "`"$installer`"", '/qn', '/norestart', 'RUN_SERVICE_AS_LOCAL_SYSTEM=1' -Seconds 600 -Accept 0, 3010
        Remove-Item -LiteralPath $installer -Force
    }
    $settings = 'C:\Program Files\Cloudbase Solutions\Cloudbase-Init\conf'
    Copy-Item -Path 'C:\Program Files\Watari\cloudbase-init*.conf' -Destination $settings -Force
}
if (-not (Test-Path -LiteralPath $expected[$builder])) { throw "$($expected[$builder]) is absent: the plain image of $builder is not the one that this image is made for" }
