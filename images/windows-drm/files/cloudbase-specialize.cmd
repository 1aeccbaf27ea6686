@echo off
rem Run by Windows in its specialize pass: 1 is "restart, then go on", 2 is "restart, then run me again". An agent that fails
rem is tried three times, not for ever; then Windows goes on without it, and the machine stays unhealthy for want of settings.
set "cloudbase=C:\Program Files\Cloudbase Solutions\Cloudbase-Init"
set "tries=C:\Windows\Temp\watari-specialize"
"%cloudbase%\Python\Scripts\cloudbase-init.exe" --config-file "%cloudbase%\conf\cloudbase-init-unattend.conf"
if not errorlevel 1 exit /b 1
if exist "%tries%-2" exit /b 1
if exist "%tries%-1" (type nul > "%tries%-2") else (type nul > "%tries%-1")
exit /b 2
