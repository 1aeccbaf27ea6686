import { image } from './kit/description';

/** What constructs/selfhosted/haproxy.ts and keepalived.ts need. */
export default image({
  summary: 'Balancer: HAProxy, and keepalived for floating addresses',
  base: 'base',
  packages: ['curl', 'haproxy', 'iproute2', 'keepalived', 'socat'],
  steps: ['steps/start-by-user-data.sh'],
  checks: [
    { service: 'haproxy.service', is: 'disabled' },
    { service: 'keepalived.service', is: 'disabled' },
    { script: 'checks/haproxy.sh', what: 'HAProxy balances and says that it is healthy' },
    { script: 'checks/keepalived.sh', what: 'keepalived takes a floating address' },
    { user: 'haproxy', is: 'locked' },
  ],
});
