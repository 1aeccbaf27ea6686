@echo off
powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "%~dp0qemu-account.ps1"
exit /b %ERRORLEVEL%
