# Files of the image, staged below root/, to where they belong.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

Copy-Item -Path 'C:\Windows\Temp\watari\root\*' -Destination 'C:\' -Recurse -Force
