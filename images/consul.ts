import { image } from './kit/description';

/** Debian 12 has no Consul. Since 1.17 its license is the Business Source License: nobody may offer Consul itself as a service. */
export default image({
  summary: 'Consul, server or client as user data says',
  base: 'base',
  releases: [
    {
      name: 'consul',
      version: '2.0.2',
      license: 'BUSL-1.1',
      // SHA-256 as in HashiCorp's own formula: https://github.com/hashicorp/homebrew-tap, Formula/consul.rb, read 2026-11-21.
      download: {
        amd64: {
          url: 'https://releases.hashicorp.com/consul/2.0.2/consul_2.0.2_linux_amd64.zip',
          sha256: '96e56c9d06b4a15bfa316afa39af926c1b67d189f66388dc1eecbb7c26faeed4',
        },
        arm64: {
          url: 'https://releases.hashicorp.com/consul/2.0.2/consul_2.0.2_linux_arm64.zip',
          sha256: '70c13b33f47da13c7c797b57d6ccc8a738ecf33c8e3aec4c268640dc17ba660c',
        },
      },
      install: { consul: { path: '/usr/local/bin/consul', mode: '0755' } },
    },
  ],
  files: [{ source: 'files/consul/consul.service', path: '/etc/systemd/system/consul.service', mode: '0644' }],
  steps: ['steps/consul.sh'],
  checks: [
    { service: 'consul.service', is: 'disabled' },
    { script: 'checks/consul.sh', what: 'Consul elects a leader and keeps a value' },
    { user: 'consul', is: 'locked' },
    { file: '/etc/consul.d', mode: '0750', owner: 'root:consul' },
    { when: 'sealed', absent: '/var/lib/consul/*' },
  ],
});
