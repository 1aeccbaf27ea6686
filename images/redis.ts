import { image } from './kit/description';

export default image({
  summary: 'Redis with Sentinel and an exporter of its metrics',
  base: 'base',
  packages: ['prometheus-redis-exporter', 'redis-sentinel', 'redis-server'],
  files: [{ source: 'files/redis/sysctl.conf', path: '/etc/sysctl.d/70-watari-redis.conf', mode: '0644' }],
  steps: ['steps/start-by-user-data.sh'],
  checks: [
    { service: 'redis-server.service', is: 'disabled' },
    { service: 'redis-sentinel.service', is: 'disabled' },
    { sysctl: 'vm.overcommit_memory', value: '1' },
    { script: 'checks/redis.sh', what: 'Redis answers, replicates, and Sentinel watches it' },
    { user: 'redis', is: 'locked' },
    { when: 'sealed', absent: '/var/lib/redis/*' },
  ],
});
