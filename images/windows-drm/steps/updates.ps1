# One round of Windows updates; a restart follows, then the next round. Windows' update agent refuses to work for whoever
# comes over the network, so this runs as SYSTEM.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# A cumulative update takes up to half an hour to install on two processors.
$seconds = 3600

$round = {
    $ErrorActionPreference = 'Stop'
    $session = New-Object -ComObject 'Microsoft.Update.Session'
    $found = $session.CreateUpdateSearcher().Search("IsInstalled=0 and IsHidden=0 and Type='Software'").Updates
    $wanted = New-Object -ComObject 'Microsoft.Update.UpdateColl'
    foreach ($update in $found) {
        if ($update.InstallationBehavior.CanRequestUserInput) { continue }
        $update.AcceptEula()
        $null = $wanted.Add($update)
        Write-Output "to install: $($update.Title)"
    }
    if ($wanted.Count -eq 0) { Write-Output 'no updates left'; return }
    $downloader = $session.CreateUpdateDownloader()
    $downloader.Updates = $wanted
    $null = $downloader.Download()
    $installer = $session.CreateUpdateInstaller()
    $installer.Updates = $wanted
    $result = $installer.Install()
    # 2: all, 3: with errors. What failed is tried again in the next round.
    if ($result.ResultCode -notin 2, 3) { throw "Windows updates ended with $($result.ResultCode)" }
}

$job = Start-Job -ScriptBlock $round
if ($null -eq (Wait-Job -Job $job -Timeout $seconds)) {
    Stop-Job -Job $job
    throw "This round of Windows updates did not end within $seconds s"
}
Receive-Job -Job $job
Remove-Job -Job $job
