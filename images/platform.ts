import { image } from './kit/description';

export default image({
  summary: 'Containers: Podman without a daemon, run by systemd',
  base: 'base',
  packages: [
    'aardvark-dns',
    'apparmor',
    'buildah',
    'busybox-static',
    'catatonit',
    'crun',
    'fuse-overlayfs',
    'iptables',
    'netavark',
    'podman',
    'skopeo',
    'slirp4netns',
    'uidmap',
  ],
  steps: ['steps/start-by-user-data.sh'],
  checks: [
    { service: 'podman.socket', is: 'disabled' },
    { service: 'podman-auto-update.timer', is: 'disabled' },
    { script: 'checks/containers.sh', what: 'a container runs, under limits and with a network of its own' },
    { file: '/etc/containers/registries.conf', mode: '0644', owner: 'root:root' },
  ],
  diskGiB: 20,
});
