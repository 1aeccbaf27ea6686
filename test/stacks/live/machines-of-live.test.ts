import { renderCloudInit, userDataBytes } from '../../../constructs/cloud-init';
import { edgeConfiguration, type EdgeInput } from '../../../stacks/live/edge';
import type { MediaServer } from '../../../stacks/live/media-server';
import { originConfiguration, type OriginInput } from '../../../stacks/live/origin';
import { check, machineFiles, testBase } from '../../support/machine-files';
import { describeWith, requirement } from '../../support/requirements';

const origin = (change: Partial<OriginInput> = {}) =>
  originConfiguration({
    base: testBase(),
    peerAddress: '10.65.2.11',
    publishers: ['10.65.1.0/24'],
    edges: ['10.64.0.0/10'],
    ...change,
  });

const edge = (change: Partial<EdgeInput> = {}) =>
  edgeConfiguration({
    base: testBase({ hostname: '' }),
    originsDomain: 'origin.live.example.org',
    drainSeconds: 900,
    ...change,
  });

const ec2UserData = 16 * 1024;

describe('an origin', () => {
  it('fits into the smallest user data there is', () => {
    expect(userDataBytes(renderCloudInit(origin()))).toBeLessThan(ec2UserData);
  });

  it('knows its peer and its half, and nothing else of the platform', () => {
    expect(JSON.parse(machineFiles(origin())['/etc/watari/origin.json'] ?? '')).toEqual({
      half: 'a',
      peer: '10.65.2.11:8080',
    });
  });

  it('lets publishers in from its balancer alone, and edges in to play and to ask', () => {
    const rules = origin().firewall.map(({ why, ports, from }) => [why, ports, from]);
    expect(rules).toContainEqual(['publishers', [1935], ['10.65.1.0/24']]);
    expect(rules).toContainEqual(['edges', [1935, 8080], ['10.64.0.0/10']]);
  });
});

describe('an edge', () => {
  it('fits into the smallest user data there is, and into one template for the whole fleet', () => {
    expect(userDataBytes(renderCloudInit(edge()))).toBeLessThan(ec2UserData);
    expect(renderCloudInit(edge())).not.toMatch(/^hostname/m);
  });

  it('takes no publishers from outside', () => {
    expect(machineFiles(edge())['/etc/nginx/nginx.conf']).toContain(
      'allow publish 127.0.0.1;\n      deny publish all;',
    );
  });

  it('gives its viewers their time when it is shut down, and stops its media server after that', () => {
    const unit = machineFiles(edge())['/etc/systemd/system/watari-drain.service'];
    expect(unit).toContain('After=network-online.target nginx.service watari-agent.service');
    expect(unit).toContain('TimeoutStopSec=910');
  });

  it('carries whatever media server the user brings', () => {
    const parts = {
      files: [{ path: '/etc/srs.conf', mode: '0644', content: 'listen 1935;\n' }],
      units: [{ name: 'srs.service' }],
      mediaModule: 'def state():\n    return {"streams": {}, "viewers": 0}\n',
    };
    const mediaServer: MediaServer = { origin: parts, edge: parts };
    const own = edge({ mediaServer });
    expect(Object.keys(machineFiles(own))).not.toContain('/etc/nginx/nginx.conf');
    expect(machineFiles(own)['/etc/systemd/system/watari-drain.service']).toContain('srs.service');
    expect(Object.keys(machineFiles(origin({ mediaServer })))).toContain('/etc/srs.conf');
  });
});

describeWith(requirement('nginx'), 'nginx with its RTMP module', () => {
  it.each([
    ['an origin', origin()],
    ['an edge', edge()],
  ])('accepts the configuration of %s', (_, configuration) => {
    const content = (machineFiles(configuration)['/etc/nginx/nginx.conf'] ?? '')
      .replace('/run/nginx.pid', '{}/nginx.pid')
      .replace('/var/log/nginx/error.log', '{}/error.log');
    expect(check('nginx', ['-t', '-q', '-c', '{}/nginx.conf'], { 'nginx.conf': content })).toEqual({
      ok: true,
      output: '',
    });
  });
});

describeWith(requirement('cloud-init'), "cloud-init's own schema", () => {
  it.each([
    ['an origin', origin()],
    ['an edge', edge()],
  ])('accepts %s', (_, configuration) => {
    const files = { 'user-data': renderCloudInit(configuration) };
    expect(check('cloud-init', ['schema', '-c', '{}/user-data'], files)).toMatchObject({ ok: true });
  });
});
