import { image } from './kit/description';

/**
 * OpenStack Swift as Debian has it, with its S3 interface: the object store that needs nothing from outside the archive.
 * Rings, accounts and the hash suffix of the cluster come with user data.
 */
export default image({
  summary: 'Storage of video on demand: OpenStack Swift, which speaks S3',
  base: 'base',
  packages: ['memcached', 'rsync', 'swift-account', 'swift-container', 'swift-object', 'swift-proxy', 'xfsprogs'],
  steps: ['steps/storage.sh', 'steps/start-by-user-data.sh'],
  checks: [
    { service: 'swift-proxy.service', is: 'disabled' },
    { service: 'swift-object.service', is: 'disabled' },
    {
      script: 'checks/storage.sh',
      what: 'an object that is put by S3 is given back to whoever signs with the right secret, and to nobody else',
    },
    { user: 'swift', is: 'locked' },
    { file: '/srv/node', mode: '0755', owner: 'swift:swift' },
    { when: 'sealed', absent: '/etc/swift/swift.conf' },
    { when: 'sealed', absent: '/etc/swift/*.ring.gz' },
  ],
  diskGiB: 20,
});
