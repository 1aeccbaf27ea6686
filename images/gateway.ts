import { image } from './kit/description';

/** What constructs/selfhosted/{frr,gateway,hub,ipsec,keepalived}.ts need: hubs of sites and ends of links alike. */
export default image({
  summary: 'Router: FRR, strongSwan, WireGuard, keepalived',
  base: 'base',
  packages: [
    'charon-systemd',
    'frr',
    'iproute2',
    'keepalived',
    'libstrongswan-extra-plugins',
    'libstrongswan-standard-plugins',
    'procps',
    'python3',
    'strongswan-swanctl',
    'tcpdump',
    'wireguard-tools',
  ],
  steps: ['steps/start-by-user-data.sh'],
  checks: [
    { service: 'frr.service', is: 'disabled' },
    { service: 'strongswan.service', is: 'disabled' },
    { service: 'keepalived.service', is: 'disabled' },
    { service: 'strongswan.service', is: 'startable' },
    { script: 'checks/frr.sh', what: 'FRR runs BGP and BFD' },
    {
      script: 'checks/ipsec.sh',
      what: 'strongSwan takes a connection like those of the links, and has their algorithms',
    },
    { script: 'checks/wireguard.sh', what: 'a WireGuard interface can be made' },
    { script: 'checks/keepalived.sh', what: 'keepalived takes a floating address' },
    { user: 'frr', is: 'locked' },
    { file: '/etc/frr', owner: 'frr:frr' },
  ],
});
