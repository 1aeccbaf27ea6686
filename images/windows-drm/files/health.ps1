# GET http://MACHINE:8080/ answers 200 when the licence server has its software and keys and answers itself, else 503 with
# the reason. It fails closed: without the mark of a complete first boot it never asks the application, and when this
# process is gone nobody answers.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$mark = 'C:\ProgramData\Watari\serving.json'

function Get-Answer {
    if (-not (Test-Path -LiteralPath $mark)) { return @{ status = 503; reason = 'first boot is not complete' } }
    try {
        $serving = Get-Content -LiteralPath $mark -Raw | ConvertFrom-Json
        $request = @{ Uri = "http://127.0.0.1:8081$($serving.healthPath)"; UseBasicParsing = $true; TimeoutSec = 2 }
        $answer = Invoke-WebRequest @request
        if ($answer.StatusCode -eq 200) { return @{ status = 200; reason = 'serving' } }
        return @{ status = 503; reason = "the application answers $($answer.StatusCode)" }
    } catch {
        return @{ status = 503; reason = 'the application does not answer' }
    }
}

$listener = New-Object -TypeName 'System.Net.HttpListener'
$listener.Prefixes.Add('http://+:8080/')
$listener.Start()
try {
    while ($listener.IsListening) {
        # Waits for a balancer to ask: as long as the machine lives.
        $context = $listener.GetContext()
        try {
            $answer = Get-Answer
            $body = [System.Text.Encoding]::UTF8.GetBytes(($answer | ConvertTo-Json -Compress))
            $context.Response.StatusCode = $answer.status
            $context.Response.ContentType = 'application/json'
            $context.Response.ContentLength64 = $body.Length
            $context.Response.OutputStream.Write($body, 0, $body.Length)
            $context.Response.Close()
        } catch {
            # Whoever asked has gone; the next one is answered.
            $context.Response.Abort()
        }
    }
} finally {
    $listener.Close()
}
