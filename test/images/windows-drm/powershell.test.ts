import { type Command, commandsOf, errorsOf, parse } from './powershell';
import { left, scripts } from './scripts';

/** What runs text as code, or makes a secret of text that lies there for everybody to read. */
const forbidden = ['Invoke-Expression', 'iex', 'ConvertTo-SecureString', 'Write-Host', 'cmdkey', 'Set-PSDebug'];

/** Commands that wait for others, and what bounds each. */
const bounds: Readonly<Record<string, RegExp>> = {
  'Invoke-WebRequest': /-TimeoutSec \d|-TimeoutSec \$|@request/,
  'Invoke-RestMethod': /-TimeoutSec/,
  'Invoke-Native': /-Seconds/,
  'Wait-Until': /-Seconds/,
  'Wait-Job': /-Timeout/,
  'Get-CimInstance': /-OperationTimeoutSec/,
};
const unbounded = ['Wait-Process', 'Wait-Event', 'Receive-Job -Wait', 'Read-Host', 'Pause', 'Get-Credential'];

describe.each([...scripts])('%s', (path, script) => {
  const commands = async (): Promise<Command[]> => commandsOf(await parse(script));

  it('is PowerShell', async () => {
    expect(errorsOf(await parse(script))).toEqual([]);
  });

  it('stops at the first error, and takes no undefined variable for nothing', () => {
    expect(script).toMatch(/^\$ErrorActionPreference = 'Stop'$/m);
    expect(script).toMatch(/^Set-StrictMode -Version 3\.0$/m);
  });

  it('says in its first line what it is for', () => {
    expect(script).toMatch(/^# \S/);
  });

  it('runs no text as code and makes no secret of plain text', async () => {
    expect((await commands()).filter(({ name }) => forbidden.includes(name))).toEqual([]);
  });

  it('waits for nothing without an end', async () => {
    const found = await commands();
    const endless = found.filter(({ name, text }) => name in bounds && !bounds[name]!.test(text));
    expect(endless).toEqual([]);
    expect(found.filter(({ text }) => unbounded.some((start) => text.startsWith(start)))).toEqual([]);
    expect(script).not.toMatch(/while \(\$true\)|for \(;;\)|-Wait\b|\.WaitForExit\(\)/);
  });

  it('quotes its paths', async () => {
    const bare = (await commands()).flatMap(({ text, line }) =>
      [...text.matchAll(/-(?:Path|LiteralPath|Destination|FilePath|OutFile) (?=[A-Z]:\\|\$Env:\w+\\)/g)].map(
        () => line,
      ),
    );
    expect([path, bare]).toEqual([path, []]);
  });
});

describe('what the syntax gate is worth', () => {
  it('refuses a script whose brace is not closed', async () => {
    expect(errorsOf(await parse("if ($a) { Write-Output 'x'"))).not.toEqual([]);
  });

  it('refuses a string that does not end', async () => {
    expect(errorsOf(await parse("$a = 'x\nWrite-Output $a"))).not.toEqual([]);
  });

  it('finds a forbidden command inside a block', async () => {
    const found = commandsOf(await parse('if ($a) { & { Invoke-Expression $b } }'));
    expect(found.map(({ name }) => name)).toContain('Invoke-Expression');
  });

  it('finds a wait without an end', async () => {
    const [command] = commandsOf(await parse("Invoke-RestMethod -Uri 'https://x'"));
    expect(bounds[command!.name]!.test(command!.text)).toBe(false);
  });
});

describe('what is left in the image', () => {
  it('opens no door to remote management', () => {
    for (const script of left.values()) {
      expect(script).not.toMatch(/Enable-PSRemoting|winrm quickconfig|New-PSSession|Enter-PSSession/i);
    }
  });

  it('asks for secrets over TLS only, but for the metadata server of the machine itself', () => {
    const addresses = [...left.values()].flatMap((script) => script.match(/http:\/\/[^\s'"]+/g) ?? []);
    const local = /^http:\/\/(127\.0\.0\.1:8081|\+:8080\/|MACHINE:8080\/|metadata\.google\.internal\/)/;
    expect(addresses.filter((address) => !local.test(address))).toEqual([]);
    expect(addresses).not.toEqual([]);
  });

  it('imports keys so that nobody can export them', () => {
    const provision = left.get('files/Provision.psm1')!;
    expect(provision).toContain("'MachineKeySet, PersistKeySet'");
    expect([...left.values()].join('\n')).not.toMatch(/X509KeyStorageFlags\]::Exportable|-Exportable|Exportable'/);
  });

  it('verifies the package before anything in it is unpacked or run', () => {
    const body = left.get('files/Provision.psm1')!.split('function Install-Package')[1]!.split('\nfunction ')[0]!;
    const order = ['Assert-Hash', 'Expand-Archive', 'install.ps1'].map((word) => body.indexOf(word));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(Math.min(...order)).toBeGreaterThan(0);
  });
});

it('marks the server as serving as the very last thing of first boot', () => {
  const provision = scripts.get('files/Provision.psm1')!;
  expect(provision.match(/serving\.json/g)).toHaveLength(1);
  const serving = provision.split('function Start-Serving')[1]!;
  expect(serving.indexOf('Wait-Until')).toBeGreaterThan(0);
  expect(serving.indexOf('serving.json')).toBeGreaterThan(serving.indexOf('Wait-Until'));
});

it('runs no downloaded installer that was not verified', () => {
  for (const [path, script] of scripts) {
    const downloads = script.match(/Invoke-WebRequest[^\n]*-OutFile/g) ?? [];
    if (path.startsWith('steps/')) expect([path, downloads]).toEqual([path, []]);
  }
});
