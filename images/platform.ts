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
  checks: [{ script: 'checks/containers.sh', what: 'a container runs, under limits and with a network of its own' }],
  diskGiB: 20,
});
