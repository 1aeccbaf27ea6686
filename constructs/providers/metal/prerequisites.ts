import type { Prerequisite } from '../../contract/facts';

const maas: readonly Prerequisite[] = [
  {
    id: 'racks',
    kind: 'order',
    what: 'Two racks with power feeds of their own, machines, switches and cables as the settings say',
    how: 'The data centre, and whoever plugs the cables: check them against `settings.switches`',
    source: 'the site itself',
  },
  {
    id: 'maas-api-key',
    kind: 'credential',
    what: 'A MAAS API key of an administrator in MAAS_API_KEY',
    how: 'maas apikey --username=watari',
    source: 'https://canonical.com/maas/docs/latest/reference/cli-reference/, apikey, read 2026-11-20',
  },
  {
    id: 'maas-fabric',
    kind: 'network',
    what: 'The fabric with its PXE network and DHCP, and one zone for each rack',
    how: 'maas admin zones create name=rack-a; the fabric appears with the rack controller',
    source: 'https://canonical.com/maas/docs/latest/reference/cli-reference/, fabric and zone, read 2026-11-20',
  },
  {
    id: 'commissioned-machines',
    kind: 'device',
    what: 'Every machine of the settings commissioned, Ready, in the zone of its rack, with its interfaces named as its type says',
    how: 'maas admin machine commission SYSTEM_ID; maas admin machine update SYSTEM_ID zone=rack-a hostname=...',
    source: 'https://canonical.com/maas/docs/latest/reference/cli-reference/, machine, read 2026-11-20',
  },
  {
    id: 'images',
    kind: 'image',
    what: "The images that images.lock.json pins for the topology's stage, uploaded as custom/NAME",
    how: 'npx watari image build ROLE --arch VARIANT --builder qemu --format tgz, then maas admin boot-resources create name=custom/NAME architecture=amd64/generic filetype=tgz base_image=debian/bookworm content@=FILE',
    source: 'https://canonical.com/maas/docs/latest/reference/cli-reference/, boot-resources, read 2026-11-21',
  },
];

const junos: readonly Prerequisite[] = [
  {
    id: 'junos-netconf-user',
    kind: 'credential',
    what: 'On both switches NETCONF over SSH and a user of class super-user, in JUNOS_USERNAME with JUNOS_PASSWORD or JUNOS_KEYFILE',
    how: 'set system services netconf ssh; set system login user watari class super-user authentication ssh-ed25519 "..."',
    source: 'terraform-provider-junos v2.20.0, docs/index.md, read 2026-11-20',
  },
  {
    id: 'junos-routing-licence',
    kind: 'grant',
    what: 'The licence under which the switch model does BGP and VRRP',
    how: 'request system license add terminal; EX models need the advanced feature licence',
    source: 'the data sheet of the model',
  },
  {
    id: 'circuit-orders',
    kind: 'order',
    what: 'Circuits, cross-connects and virtual-bridge ports of the links, with VLAN ids and addresses as ordered',
    how: 'The carriers and the data centre; write what they answer into the links',
    source: 'the topology',
  },
];

export const commonPrerequisites: readonly Prerequisite[] = [...maas, ...junos];

export const bigipPrerequisites: readonly Prerequisite[] = [
  {
    id: 'bigip-licence',
    kind: 'grant',
    what: 'A licence with LTM on both boxes, installed or as a registration key in the variable of the box',
    how: 'tmsh install sys license registration-key ...',
    source: 'F5Networks/f5-declarative-onboarding, examples/onboard.json, read 2026-11-20',
  },
  {
    id: 'bigip-first-password',
    kind: 'credential',
    what: 'The same password of admin on both boxes, in BIGIP_USER and BIGIP_PASSWORD and in TF_VAR_<site>_bigip_password',
    how: 'At the console: log in as admin, change the first password; tmsh modify auth user admin password ...',
    source: 'terraform-provider-bigip v1.28.0, docs/index.md, read 2026-11-20',
  },
  {
    id: 'bigip-do-package',
    kind: 'device',
    what: 'Management address and the Declarative Onboarding extension on both boxes',
    how: 'tmsh create sys management-ip ...; install f5-declarative-onboarding-1.x.noarch.rpm',
    source:
      'https://clouddocs.f5.com/products/extensions/f5-declarative-onboarding/latest/clustering.html, read 2026-11-20',
  },
];
