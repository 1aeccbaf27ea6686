import { image } from './kit/description';

/** Debian 12 has no Kubernetes beyond the client. Images of k3s' own containers are pulled, or given with user data. */
export default image({
  summary: 'Kubernetes: k3s, server or agent as user data says',
  base: 'base',
  packages: ['apparmor', 'conntrack', 'ethtool', 'iptables', 'kmod', 'socat', 'wireguard-tools'],
  releases: [
    {
      name: 'k3s',
      version: '1.36.4+k3s1',
      license: 'Apache-2.0',
      // SHA-256 of sha256sum-amd64.txt and sha256sum-arm64.txt of the release, as several public repositories that use it
      // have them alike, read 2026-11-21.
      download: {
        amd64: {
          url: 'https://github.com/k3s-io/k3s/releases/download/v1.36.4%2Bk3s1/k3s',
          sha256: '835873f37245fc615f547a2fe2af9402a347875f13fa64a1f136de644955ea3f',
        },
        arm64: {
          url: 'https://github.com/k3s-io/k3s/releases/download/v1.36.4%2Bk3s1/k3s-arm64',
          sha256: 'c920706346d5ad4e5cd3c7bf1bb09ce71ebe07fec829e513e40f1caf98aed8bb',
        },
      },
      install: { '.': { path: '/usr/local/bin/k3s', mode: '0755' } },
    },
  ],
  files: [
    { source: 'files/kubernetes/k3s.service', path: '/etc/systemd/system/k3s.service', mode: '0644' },
    { source: 'files/kubernetes/k3s-agent.service', path: '/etc/systemd/system/k3s-agent.service', mode: '0644' },
    { source: 'files/kubernetes/sysctl.conf', path: '/etc/sysctl.d/70-watari-kubernetes.conf', mode: '0644' },
    { source: 'files/kubernetes/modules.conf', path: '/etc/modules-load.d/kubernetes.conf', mode: '0644' },
  ],
  steps: ['steps/kubernetes.sh'],
  checks: [
    { service: 'k3s.service', is: 'disabled' },
    { service: 'k3s-agent.service', is: 'disabled' },
    { sysctl: 'vm.overcommit_memory', value: '1' },
    { script: 'checks/kubernetes.sh', what: 'the API server is ready' },
    { when: 'sealed', absent: '/var/lib/rancher/k3s/server' },
    { when: 'sealed', absent: '/etc/rancher/*' },
  ],
  diskGiB: 20,
});
