# QEMU only, run by SetupComplete.cmd as SYSTEM once Windows is installed. The password of the build account is in the
# machine's own SMBIOS table (type 11), put there by QEMU from a file that one build makes and removes; no answer file,
# disk or CD ever holds it, and it goes with the machine.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$log = 'C:\Windows\Temp\watari-bootstrap.log'
Start-Transcript -Path $log | Out-Null
try {
    $prefix = 'watari-build-password='
    $strings = @((Get-CimInstance -ClassName 'Win32_ComputerSystem' -OperationTimeoutSec 60).OEMStringArray)
    $found = @($strings | Where-Object { "$_".StartsWith($prefix) })
    if ($found.Count -ne 1) { throw "The machine's SMBIOS table holds $($found.Count) strings that start with $prefix, 1 is wanted: pass -smbios type=11" }
    $password = New-Object -TypeName 'System.Security.SecureString'
    foreach ($letter in $found[0].Substring($prefix.Length).Trim().ToCharArray()) { $password.AppendChar($letter) }
    New-LocalUser -Name 'watari-build' -Password $password -PasswordNeverExpires -Description 'Gone before the image is kept' | Out-Null
    Add-LocalGroupMember -SID 'S-1-5-32-544' -Member 'watari-build'
    & "$PSScriptRoot\listen.ps1"
} finally {
    Stop-Transcript | Out-Null
}
