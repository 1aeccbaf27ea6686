import type { TSchema } from '@sinclair/typebox';
import type { TerraformDataSource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Balancer, BalancerSpec } from './balancer';
import type { DnsSpec } from './dns';
import type { ElasticFleet, ElasticSpec } from './elastic';
import type { AdapterFacts, ChosenType, MachineChoice } from './facts';
import type { ImageBases, ImageBuild, ImageReference, PackerSource } from './image';
import type { LinkEnd, LinkEndSpec } from './link';
import type { Machine, MachineDemand, MachineSize, MachinesSpec } from './machines';
import type { ProviderPricing } from './pricing';
import type { Problem } from './problem';
import type { ReviewedTypes } from './review';
import type { Handles, Half, Site } from './site';
import type { ProviderSimulation, SimulatedSeed } from './simulation';

/**
 * What turns neutral specs into one provider's resources. Specs arrive complete and checked: an adapter adds no
 * defaults, only its provider's limits. An optional member is present and proven, or absent.
 * Rules and their tests: docs/contract.md.
 */
export interface Adapter {
  readonly facts: AdapterFacts;
  /** Further rules on a site of this adapter (zones, devices, ranges), all at once; paths start below the site. */
  check(site: Site): readonly Problem[];

  /** Provider blocks with exact versions; credentials come from the environment or sensitive variables. */
  configure(stack: Construct, site: Site): void;
  /** Subnets by tier, host and network firewalls, egress, and the hub that links attach to. */
  network(scope: Construct, site: Site): Handles;
  /** Keys that `network` returns, without making anything: what other stacks may read. */
  networkHandles(site: Site): readonly string[];
  machines(scope: Construct, id: string, spec: MachinesSpec): readonly Machine[];
  /** Keys of `Machine.handles` and whether a public address is an output. */
  machineHandles(site: Site): readonly string[];
  /**
   * The smallest machine type of the site that gives the size; undefined when there is none.
   * @param machine its name, where it has one: a site may give it a type of its own
   */
  machineType(site: Site, size: MachineSize, role: string, machine?: string): ChosenType | undefined;
  /** What `machineType` chooses from: the refusal of a size names them. */
  machineTypes(site: Site, role: string): MachineChoice;
  /** Modes and health checks that it can do are in `facts.balancer`; never called for others. */
  balancer(scope: Construct, id: string, spec: BalancerSpec): Balancer;
  /** Its own end of an interconnect; never called for paths that `facts.paths` does not name `native`. */
  link(scope: Construct, id: string, spec: LinkEndSpec): LinkEnd;
  image: ImageMember;

  /**
   * Rules on all fixed machines of a site together, whatever stacks make them: a rack holds what it holds. Paths start
   * below the site.
   */
  readonly checkMachines?: (site: Site, machines: readonly MachineDemand[]) => readonly Problem[];
  readonly elastic?: (scope: Construct, id: string, spec: ElasticSpec) => ElasticFleet;
  readonly dns?: DnsMember;
  readonly access?: (scope: Construct, id: string, site: Site, network: Handles) => void;
  /** Devices with a configuration of their own (a hardware balancer): one stack each, applied one after the other. */
  readonly devices?: (site: Site) => readonly Device[];
  /** A bucket for states, for `watari bootstrap`. */
  readonly stateStore?: StateStoreMember;
}

export interface ImageMember {
  readonly bases: ImageBases;
  /** `provider`: one build serves all sites of the profile; `site`: each site has one of its own, and `build.sites` holds it alone. */
  readonly buildsPer: 'provider' | 'site';
  /** How the provider at a site names an image: `imageName` where nothing else is asked, never "the most recent". */
  name(site: Site, image: ImageReference): string;
  /**
   * Where Packer builds it.
   * @throws ProblemsError when a site does not say what the build needs
   */
  packerSource(build: ImageBuild): PackerSource;
  /**
   * Looks for an image and nothing else: a plan fails at what it returns, a data source of the stack, where the image is
   * absent. Absent where the provider has no such look-up, and `Provider.imageInquiry` asks.
   */
  readonly lookUp?: (stack: TerraformStack, site: Site, image: ImageReference) => TerraformDataSource;
}

/** Asks a provider whether it has images, where no plan can tell. */
export interface ImageInquiry {
  /**
   * Names that the site does not have, among those given.
   * @param environment credentials, as Terraform's provider takes them
   * @throws ProblemsError when credentials are absent, or nobody answers
   */
  missing(
    site: Site,
    names: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): Promise<readonly string[]>;
}

export interface DnsMember {
  readonly settings: TSchema;
  configure(stack: Construct, spec: DnsSpec): void;
  records(scope: Construct, id: string, spec: DnsSpec): void;
}

export interface Device {
  /** `bigip-a`: part of the stack's id. */
  readonly id: string;
  readonly half: Half;
  build(scope: Construct, network: Handles): void;
}

export interface StateStoreMember {
  readonly kind: 'gcs' | 's3';
  readonly settings: TSchema;
  configure(stack: Construct, settings: unknown): void;
  bucket(
    scope: Construct,
    id: string,
    spec: { readonly name: string; readonly settings: unknown; readonly labels: Readonly<Record<string, string>> },
  ): void;
}

/** A site as a topology would hold it, for the conformance suite: plain data, big enough for a small platform. */
export interface SiteExample {
  /** `sites.<id>.settings`; machines of 4 virtual CPUs, 8 GiB and 2 Gbit/s exist for each role. */
  readonly settings: unknown;
  readonly adoptedNetwork?: string;
  readonly publicBlock?: string;
  /** This end of one circuit in each half, as `circuitEnd` has it; present where circuits are native. */
  readonly circuits?: Readonly<Record<Half, unknown>>;
  /** This end of a stretched segment; present where segments are native or self-hosted. */
  readonly segment?: unknown;
  /** Settings of the `dns` member, where there is one. */
  readonly dns?: unknown;
  /** Settings of the `stateStore` member, where there is one. */
  readonly stateStore?: unknown;
}

/** One folder under constructs/providers: its profiles share settings, bindings and simulation. */
export interface Provider {
  /** Registry key and folder name; never renamed. */
  readonly name: string;
  /** Schema of `sites.<id>.settings`. */
  readonly settings: TSchema;
  /** Schema of this provider's end of a circuit or segment, in `links`. */
  readonly circuitEnd: TSchema;
  /** A provider without profiles has the one named `standard`. */
  readonly profiles: Readonly<Record<string, Adapter>>;
  /** One site of each profile, on which the conformance suite builds. */
  readonly examples: Readonly<Record<string, SiteExample>>;
  /** How its cloud behaves, for the sandbox; one entry for each Terraform provider. */
  readonly simulations: readonly ProviderSimulation[];
  /** What is there at a site before anybody deploys, for the sandbox: the images, machines in racks, models of devices. */
  readonly seeds: (site: Site, images: readonly ImageReference[]) => readonly SimulatedSeed[];
  /** How resources are billed, and the list prices that were read. */
  readonly pricing: ProviderPricing;
  /** What reviewers have to know of its resource types; every type that it emits is there. */
  readonly reviewed: ReviewedTypes;
  /** Present where a plan does not notice that an image is absent. */
  readonly imageInquiry?: ImageInquiry;
}
