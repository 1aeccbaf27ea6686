import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import {
  compressedBytes,
  filesPort,
  filesServer,
  maxCompressedBytes,
  splitBoot,
} from '../../../../constructs/providers/cloudstack/first-boot';
import { dev } from './sites';
import { everythingAtPrivate } from './stacks';
import { resource, resources, synth } from './synth';

const shell = promisify(execFile);

describe('the first boot of an autoscaled machine', () => {
  let folder: string;
  let server: Server;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'watari-boot-'))));
  afterEach(async () => {
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    rmSync(folder, { recursive: true, force: true });
  });

  const userData = (): string =>
    `#cloud-config\n${JSON.stringify({
      ssh_pwauth: false,
      write_files: [
        { path: `${folder}/a b/plain`, permissions: '0640', content: "it's $HOME\n" },
        { path: `${folder}/packed`, encoding: 'gz+b64', content: gzipSync('packed').toString('base64') },
      ],
      runcmd: ['systemctl restart nginx'],
    })}`;

  it('keeps settings and commands, and fetches the files before the commands', () => {
    const { bootstrap } = splitBoot(userData(), ['10.0.0.1', '10.0.0.2']);
    const config = parse(bootstrap) as { runcmd: string[]; write_files?: unknown };
    expect(bootstrap).toMatch(/^#cloud-config\n/);
    expect(config).toMatchObject({ ssh_pwauth: false, runcmd: [expect.any(String), 'systemctl restart nginx'] });
    expect(config.write_files).toBeUndefined();
    expect(config.runcmd[0]).toContain(`http://10.0.0.1:${filesPort}/files http://10.0.0.2:${filesPort}/files`);
  });

  it('gets its files whole from the server that answers, though the first does not', async () => {
    const { bootstrap, script } = splitBoot(userData(), ['127.0.0.1', 'localhost']);
    server = createServer((_request, response) => response.end(script)).listen(0);
    const { port } = server.address() as AddressInfo;
    const [command = ''] = (parse(bootstrap) as { runcmd: string[] }).runcmd;
    const here = command
      .replaceAll('/run/watari-files', join(folder, 'fetched'))
      .replace(`127.0.0.1:${filesPort}`, '127.0.0.1:1')
      .replace(`localhost:${filesPort}`, `localhost:${port}`);
    await shell('sh', ['-c', here]);
    expect(readFileSync(join(folder, 'a b/plain'), 'utf8')).toBe("it's $HOME\n");
    expect(statSync(join(folder, 'a b/plain')).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(folder, 'packed'), 'utf8')).toBe('packed');
  });

  it('is served by a machine of each half only while it does not fit as it is', () => {
    const everything = (bytes: number) => {
      const content = randomBytes(bytes).toString('base64');
      const files = { write_files: [{ path: '/x', content }], runcmd: ['true'] };
      return synth(dev, (stack) =>
        everythingAtPrivate(stack, dev, { userData: `#cloud-config\n${JSON.stringify(files)}` }),
      );
    };
    const small = everything(100);
    expect(resources(small, 'cloudstack_instance')).toHaveLength(2);
    const large = everything(9000);
    expect(resource(large, 'cloudstack_instance', 'files_a')).toMatchObject({
      template: expect.stringContaining('_run-watari-image-build-edge--arch-amd64--builder-cloudstack--dev_') as string,
      ip_address: expect.stringMatching(/^10\.69\.60\./),
    });
    expect(resource(large, 'cloudstack_autoscale_vm_group').depends_on).toHaveLength(2);
  });

  it('leaves the server a configuration that cloud-init reads', () => {
    const config = parse(filesServer('echo\n', '10.0.0.0/8')) as {
      write_files: { path: string; content: string }[];
    };
    expect(config.write_files.map(({ path }) => path)).toEqual([
      '/srv/watari/files',
      '/etc/systemd/system/watari-files.service',
      '/etc/nftables.d/files.nft',
    ]);
    expect(config.write_files.at(-1)?.content).toBe(
      'table inet watari { chain input { ip saddr 10.0.0.0/8 tcp dport 8000 accept; }; }\n',
    );
  });

  it('fits the bound of the API with room to spare', () => {
    expect(Buffer.alloc(maxCompressedBytes).toString('base64').length).toBeLessThan(4096);
    expect(compressedBytes('x')).toBeGreaterThan(0);
  });
});
