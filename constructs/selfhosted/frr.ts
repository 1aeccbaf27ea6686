import type { ConfigurationFile } from '../contract/configuration';

/** Files that FRR starts from. `frr` is a user of the package, so they are written once it is installed. */
export function frrFiles(configuration: string, options: { readonly bfd: boolean }): readonly ConfigurationFile[] {
  const daemons = `bgpd=yes
bfdd=${options.bfd ? 'yes' : 'no'}
vtysh_enable=yes
zebra_options="  -A 127.0.0.1 -s 90000000"
bgpd_options="   -A 127.0.0.1"
bfdd_options="   -A 127.0.0.1"
`;
  return [
    { path: '/etc/frr/daemons', mode: '0640', owner: 'frr:frr', content: daemons },
    { path: '/etc/frr/frr.conf', mode: '0640', owner: 'frr:frr', content: configuration },
  ];
}

/** A router whose paths may differ forward and back: no reverse-path filter, and hosts are not told of shortcuts. */
export const routerSettings: Readonly<Record<string, string>> = {
  'net.ipv4.conf.all.rp_filter': '0',
  'net.ipv4.conf.all.send_redirects': '0',
  'net.ipv4.conf.default.rp_filter': '0',
  'net.ipv4.conf.default.send_redirects': '0',
  'net.ipv4.ip_forward': '1',
};
