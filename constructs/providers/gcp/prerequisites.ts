import type { Prerequisite } from '../../contract/facts';

const enable = (id: string, service: string, what: string): Prerequisite => ({
  id,
  kind: 'api',
  what,
  how: `gcloud services enable ${service} --project PROJECT`,
  source: 'https://cloud.google.com/service-usage/docs/enable-disable, read 2026-11-20',
});

const grant = (id: string, role: string, what: string): Prerequisite => ({
  id,
  kind: 'role',
  what,
  how: `gcloud projects add-iam-policy-binding PROJECT --member serviceAccount:DEPLOYER --role ${role}`,
  source: 'https://cloud.google.com/iam/docs/understanding-roles, read 2026-11-20',
});

const quota = (id: string, name: string, what: string): Prerequisite => ({
  id,
  kind: 'quota',
  what,
  how: `gcloud alpha quotas preferences create --project PROJECT --service compute.googleapis.com --quota-id ${name} --preferred-value N --dimensions region=REGION`,
  source: 'https://cloud.google.com/compute/resource-usage, read 2026-11-20',
});

/** What must be there before the first deployment, with the command or the person that provides it. */
export const prerequisites: readonly Prerequisite[] = [
  {
    id: 'billing',
    kind: 'grant',
    what: 'The project exists and has a billing account',
    how: 'gcloud billing projects link PROJECT --billing-account ACCOUNT',
    source: 'https://cloud.google.com/billing/docs/how-to/modify-project, read 2026-11-20',
  },
  {
    id: 'credentials',
    kind: 'credential',
    what: 'Application default credentials of the deployer',
    how: 'gcloud auth application-default login, or GOOGLE_APPLICATION_CREDENTIALS, or workload identity federation in CI',
    source: 'https://cloud.google.com/docs/authentication/application-default-credentials, read 2026-11-20',
  },
  enable('compute-api', 'compute.googleapis.com', 'Compute Engine API'),
  enable('iam-api', 'iam.googleapis.com', 'IAM API, for the identity of the machines'),
  enable('resource-manager-api', 'cloudresourcemanager.googleapis.com', 'Resource Manager API, for grants'),
  enable('iap-api', 'iap.googleapis.com', 'Identity-Aware Proxy API, for the log-in of operators'),
  enable('oslogin-api', 'oslogin.googleapis.com', 'OS Login API, for the log-in of operators'),
  enable('dns-api', 'dns.googleapis.com', 'Cloud DNS API, where Cloud DNS holds the names'),
  enable('storage-api', 'storage.googleapis.com', 'Cloud Storage API, where a bucket holds states'),
  grant('compute-admin', 'roles/compute.admin', 'The deployer makes networks, machines and balancers'),
  grant('account-admin', 'roles/iam.serviceAccountAdmin', 'The deployer makes the identity of the machines'),
  grant('account-user', 'roles/iam.serviceAccountUser', 'The deployer lets machines run under that identity'),
  grant('project-iam-admin', 'roles/resourcemanager.projectIamAdmin', 'The deployer grants roles in the project'),
  grant('dns-admin', 'roles/dns.admin', 'The deployer writes records, where Cloud DNS holds the names'),
  grant('storage-admin', 'roles/storage.admin', 'The deployer makes and reads buckets of states'),
  quota('cpus', 'CPUS-per-project-region', 'vCPUs of the E2 and N1 types in the region, at the peak of all fleets'),
  quota('n2-cpus', 'N2-CPUS-per-project-region', 'vCPUs of the N2 types in the region, at the peak of all fleets'),
  quota(
    'addresses',
    'STATIC-ADDRESSES-per-project-region',
    'Public addresses: one for each public service and machine',
  ),
  quota('instance-groups', 'INSTANCE-GROUPS-per-project', 'Instance groups: one for each fixed machine and fleet'),
  {
    id: 'images',
    kind: 'image',
    what: "The images that images.lock.json pins for the topology's stage, in the project of images",
    how: 'npx watari image build ROLE --arch VARIANT --builder googlecompute',
    source: 'https://cloud.google.com/compute/docs/images, read 2026-11-21',
  },
  {
    id: 'image-build-network',
    kind: 'network',
    what: 'For building images: the network `default`, which lets SSH in from anywhere, or the one of settings.imageBuild with a rule that lets whoever builds reach TCP port 22, for Windows 5986',
    how: 'gcloud compute networks create default --project PROJECT, then gcloud compute firewall-rules create image-builds --network default --allow tcp:22,tcp:5986 --source-ranges ADDRESS --project PROJECT',
    source: 'https://cloud.google.com/vpc/docs/firewalls, read 2026-11-21',
  },
  {
    id: 'image-build-iap',
    kind: 'role',
    what: 'For building images with settings.imageBuild.iap: gcloud on the PATH, the right to tunnel, a rule for 35.235.240.0/20 on TCP port 22 (Windows: 5986), and Cloud NAT in the network',
    how: 'gcloud projects add-iam-policy-binding PROJECT --member user:BUILDER --role roles/iap.tunnelResourceAccessor, then gcloud compute firewall-rules create image-builds-iap --network NETWORK --allow tcp:22,tcp:5986 --source-ranges 35.235.240.0/20 --project PROJECT',
    source: 'https://cloud.google.com/iap/docs/using-tcp-forwarding, read 2026-11-21',
  },
  {
    id: 'dns-zone',
    kind: 'order',
    what: 'Where Cloud DNS holds the names: the public zone, delegated to by the domain above it',
    how: 'gcloud dns managed-zones create ZONE --dns-name DOMAIN. --description Watari --project PROJECT, its name servers to the registrar',
    source: 'https://cloud.google.com/dns/docs/zones, read 2026-11-20',
  },
  {
    id: 'vlan-attachment',
    kind: 'order',
    what: 'For circuits: VLAN attachments on the Cloud Router of the site (PLATFORM-SITE-router), after its network stack',
    how: 'gcloud compute interconnects attachments partner create NAME --region REGION --router PLATFORM-SITE-router --edge-availability-domain availability-domain-1, the pairing key to the carrier; or `attachments dedicated create`',
    source:
      'https://cloud.google.com/network-connectivity/docs/interconnect/how-to/partner/creating-vlan-attachments, read 2026-11-20',
  },
  {
    id: 'partner-session',
    kind: 'order',
    what: 'For partner circuits: the BGP session that the attachment brought gets number, priority and BFD by hand',
    how: 'gcloud compute routers update-bgp-peer PLATFORM-SITE-router --peer-name NAME --peer-asn ASN --advertised-route-priority MED --bfd-session-initialization-mode ACTIVE --region REGION',
    source:
      'https://cloud.google.com/network-connectivity/docs/interconnect/how-to/partner/activating-connections, read 2026-11-20',
  },
];
