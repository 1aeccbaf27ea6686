import type { Prerequisite } from '../../contract/facts';

const docs = 'https://docs.cloudstack.apache.org/en/4.20.0.0/';

const credentials: Prerequisite = {
  id: 'api-keys',
  kind: 'credential',
  what: 'API key and secret key of the account',
  how: 'Console, account settings: API keys. Then TF_VAR_<site>_cloudstack_api_key and TF_VAR_<site>_cloudstack_secret_key',
  source: `${docs}adminguide/accounts.html`,
};

const images: Prerequisite = {
  id: 'images',
  kind: 'image',
  what: "The images that images.lock.json pins for the topology's stage, as templates in the zone with their names as display texts",
  how: 'npx watari image build ROLE --arch VARIANT --builder cloudstack, from the plain template in settings.templates',
  source: `${docs}adminguide/templates.html`,
};

const machineQuota: Prerequisite = {
  id: 'machine-quota',
  kind: 'quota',
  what: 'Machines, CPUs, memory and root disks for the whole topology',
  how: 'cmk list resourcelimits; ask the operator of the cloud to raise them',
  source: `${docs}adminguide/accounts.html`,
};

const addressQuota: Prerequisite = {
  id: 'address-quota',
  kind: 'quota',
  what: 'Public addresses: one for each balanced service and each public machine',
  how: 'cmk list resourcelimits resourcetype=1; ask the operator of the cloud to raise it',
  source: `${docs}adminguide/accounts.html`,
};

export const idcfPrerequisites: readonly Prerequisite[] = [
  credentials,
  images,
  {
    id: 'adopted-network',
    kind: 'network',
    what: 'An isolated network with a virtual router, its range in adoptedNetwork and free of other machines, egress allowed',
    how: 'IDCF console, Network; cmk list networks gives its UUID',
    source: 'https://www.idcf.jp/cloud/network/',
  },
  {
    id: 'compute-offerings',
    kind: 'offering',
    what: 'UUIDs of the machine types in settings.machineTypes',
    how: 'cmk list serviceofferings',
    source: 'https://www.idcf.jp/cloud/compute/',
  },
  machineQuota,
  addressQuota,
  {
    id: 'virtual-bridge',
    kind: 'order',
    what: 'Virtual bridge between the cloud and the cage, for links of kind segment: VLAN, range and a network in the zone',
    how: 'IDCF sales: order the bridge and say which VLAN of the cage it carries; then write the network at the end of the link',
    source: 'IDCF, virtual bridge specification 1.5, 2020-04',
  },
];

export const privatePrerequisites: readonly Prerequisite[] = [
  credentials,
  {
    id: 'root-admin',
    kind: 'role',
    what: 'The account is a root admin: it makes compute offerings and sets the overcommit factor of a cluster',
    how: 'The operator of the cloud: cmk create account accounttype=1, or a role with createServiceOffering and updateConfiguration',
    source: `${docs}adminguide/accounts.html`,
  },
  {
    ...images,
    how: `${images.how}; where Watari makes the offerings, after npx watari deploy --stack SITE-network, which makes that of the build machine`,
  },
  {
    id: 'vpc-offering',
    kind: 'offering',
    what: 'An enabled VPC offering with source NAT, load balancing, network ACLs and user data',
    how: 'cmk list vpcofferings state=Enabled',
    source: `${docs}adminguide/networking/virtual_private_cloud_config.html`,
  },
  {
    id: 'vm-autoscaling',
    kind: 'offering',
    what: 'A network offering for VPC tiers whose load balancer (VpcVirtualRouter) has VmAutoScaling, and whose network rate is no less than the egress of all edges',
    how: 'cmk list networkofferings forvpc=true state=Enabled; without one, cmk create networkoffering with the capability VmAutoScaling',
    source: `${docs}adminguide/autoscale_with_virtual_router.html`,
  },
  {
    id: 'egress-counter',
    kind: 'offering',
    what: 'Counter public.network.transmit.average.mbps of VpcVirtualRouter, which CloudStack brings since 4.18',
    how: 'cmk list counters provider=VpcVirtualRouter; its UUID is settings.privateCloud.egressCounter',
    source: 'apache/cloudstack, engine/schema: counters for VM autoscaling',
  },
  {
    id: 'host-tags',
    kind: 'device',
    what: 'Hosts of each rack tagged with the tag of its half',
    how: 'cmk update host id=HOST hosttags=TAG',
    source: `${docs}adminguide/hosts.html`,
  },
  machineQuota,
  addressQuota,
];
