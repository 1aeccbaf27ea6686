import { ComputeHaVpnGateway } from '@cdktf/provider-google/lib/compute-ha-vpn-gateway';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeRouter } from '@cdktf/provider-google/lib/compute-router';
import { ComputeRouterNat } from '@cdktf/provider-google/lib/compute-router-nat';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { Construct } from 'constructs';
import { tiers } from '../../contract/plan';
import type { Handles, Site } from '../../contract/site';
import { networkFirewall } from './firewall';
import { machineAccount } from './account';
import { labelsOf, nameOf } from './names';
import { providerOf } from './provider';
import { gcpSite } from './settings';

/** The VPC's default; HA VPN carries no more. https://cloud.google.com/vpc/docs/mtu, read 2026-11-20. */
const mtu = 1460;

const fixedHandles = ['network', 'router', 'vpn-gateway', 'vpn-address-0', 'vpn-address-1', 'service-account'] as const;

export function networkHandles(): readonly string[] {
  return [...fixedHandles, ...tiers.map((tier) => `subnet-${tier}`)];
}

/** A custom VPC with one regional subnet a tier, a Cloud Router with NAT, and an HA VPN gateway: the site's hub. */
export function network(scope: Construct, site: Site): Handles {
  const within = new Construct(scope, 'network');
  const vpc = new ComputeNetwork(within, 'vpc', {
    provider: providerOf(scope, site),
    name: nameOf(site, []),
    description: `Watari: ${site.platform}, site ${site.id}`,
    autoCreateSubnetworks: false,
    // Clients in other regions reach the balancers over routes that this region learnt.
    routingMode: 'GLOBAL',
    mtu,
  });
  networkFirewall(within, site, vpc.selfLink);
  const subnets = tierSubnets(within, site, vpc);
  const router = hub(within, site, vpc);
  const gateway = vpnGateway(within, site, vpc);
  return {
    network: vpc.selfLink,
    router,
    'vpn-gateway': gateway.selfLink,
    'vpn-address-0': gateway.vpnInterfaces.get(0).ipAddress,
    'vpn-address-1': gateway.vpnInterfaces.get(1).ipAddress,
    'service-account': machineAccount(within, site),
    ...subnets,
  };
}

function tierSubnets(scope: Construct, site: Site, vpc: ComputeNetwork): Handles {
  const entries = tiers.map((tier): [string, string] => {
    const subnet = new ComputeSubnetwork(scope, `subnet-${tier}`, {
      provider: providerOf(scope, site),
      name: nameOf(site, [tier]),
      region: gcpSite(site).settings.region,
      network: vpc.selfLink,
      ipCidrRange: site.plan.tiers[tier].cidr,
      privateIpGoogleAccess: true,
    });
    return [`subnet-${tier}`, subnet.selfLink];
  });
  return Object.fromEntries(entries);
}

function hub(scope: Construct, site: Site, vpc: ComputeNetwork): string {
  const { region } = gcpSite(site).settings;
  const router = new ComputeRouter(scope, 'router', {
    provider: providerOf(scope, site),
    name: nameOf(site, ['router']),
    region,
    network: vpc.selfLink,
    // The site's own prefix and nothing else, so that a site never becomes a transit by accident.
    bgp: { asn: site.asn, advertiseMode: 'CUSTOM', advertisedIpRanges: [{ range: site.plan.cidr }] },
  });
  new ComputeRouterNat(scope, 'nat', {
    provider: providerOf(scope, site),
    name: nameOf(site, ['nat']),
    region,
    router: router.name,
    natIpAllocateOption: 'AUTO_ONLY',
    sourceSubnetworkIpRangesToNat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
    logConfig: { enable: true, filter: 'ERRORS_ONLY' },
  });
  return router.name;
}

function vpnGateway(scope: Construct, site: Site, vpc: ComputeNetwork): ComputeHaVpnGateway {
  return new ComputeHaVpnGateway(scope, 'vpn-gateway', {
    provider: providerOf(scope, site),
    name: nameOf(site, ['vpn']),
    region: gcpSite(site).settings.region,
    network: vpc.selfLink,
    labels: labelsOf(site),
  });
}
