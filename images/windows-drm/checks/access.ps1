# Nobody but administrators may change what runs as SYSTEM at boot, or read where keys will lie.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$owners = 'S-1-5-18', 'S-1-5-32-544'
$change = [System.Security.AccessControl.FileSystemRights] 'Write, Delete, ChangePermissions, TakeOwnership'
foreach ($path in 'C:\Program Files\Watari', 'C:\Program Files\Watari\first-boot.ps1', 'C:\ProgramData\Watari', 'C:\ProgramData\Watari\keys') {
    $rules = (Get-Acl -LiteralPath $path).GetAccessRules($true, $true, [System.Security.Principal.SecurityIdentifier])
    foreach ($rule in $rules | Where-Object { $owners -notcontains $_.IdentityReference.Value }) {
        $may = [System.Security.AccessControl.FileSystemRights] $rule.FileSystemRights
        if (($may -band $change) -ne 0) { throw "$($rule.IdentityReference.Value) may change $path" }
        if ($path -like '*\keys') { throw "$($rule.IdentityReference.Value) may read $path" }
    }
}
