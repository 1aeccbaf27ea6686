/**
 * How an adapter's folder tells the sandbox what its cloud does: data and small pure functions, by resource type.
 * Force-new, defaults, enumerations, ranges, patterns and exclusive arguments are not written here: they come from the schema facts.
 *
 * Paths are dotted and leave list indices out: `network_interface.subnetwork` means every `subnetwork` of every `network_interface`.
 */

/** A value as Terraform knows it; sets are arrays, and `undefined` is a value that is not known before apply. */
export type SimulatedValue =
  null | undefined | boolean | number | string | readonly SimulatedValue[] | SimulatedAttributes;

export interface SimulatedAttributes {
  readonly [name: string]: SimulatedValue;
}

/** Where a provider's session works: `{ project: 'live', region: 'asia-northeast1' }`, `{ address: '10.0.0.5' }`. */
export type Scope = Readonly<Record<string, string>>;

/** An object of the cloud, or one that is about to be made. */
export interface SimulatedObject {
  readonly type: string;
  /** Empty until the object exists. */
  readonly id: string;
  readonly attributes: SimulatedAttributes;
  /** The scope of the session that made it. */
  readonly scope: Scope;
  /** The first value at a path, or undefined. */
  value(path: string): SimulatedValue;
  /** The first value at a path as text; `''` when absent, null or unknown. */
  text(path: string): string;
  /** The first value at a path as a number; 0 when absent, null or unknown. */
  number(path: string): number;
  /** The first value at a path as a boolean; false when absent, null or unknown. */
  flag(path: string): boolean;
  /** Every value at a path, lists and sets flattened, nulls and unknowns left out. */
  all(path: string): readonly SimulatedValue[];
  /** Every block at a path: `self.blocks('network_interface')`. */
  blocks(path: string): readonly SimulatedAttributes[];
}

/** Read access to the cloud. Everything in it is deterministic: no clock, no randomness. */
export interface SimulationContext {
  /** The provider block of the session, `{ region: 'ap-northeast-1', default_tags: [...] }`. */
  readonly provider: SimulatedAttributes;
  readonly scope: Scope;
  /** Objects of a type that exist, sorted by id; `where` compares top-level attributes. */
  list(type: string, where?: SimulatedAttributes): readonly SimulatedObject[];
  /** The object of a type by its id, or the first that matches. */
  find(type: string, by: string | SimulatedAttributes): SimulatedObject | undefined;
  /** The object as it was, in an update. */
  readonly before?: SimulatedObject;
  /** Objects that this object made by itself (see `effects`). */
  made(self: SimulatedObject, type: string): readonly SimulatedObject[];
  /**
   * Hex digits that belong to this object and to `salt`, the same in every run: a hash of type, scope and first configuration.
   * @default 8 digits
   */
  hex(digits?: number, salt?: string): string;
  /** A number from 0 to `below - 1`, as stable as `hex`. */
  number(below: number, salt?: string): number;
  /** An UUID, as stable as `hex`. */
  uuid(salt?: string): string;
  /** A free address of a range, at a stable place in it, remembered as taken once the object exists. Undefined when the range is full. */
  address(space: string, cidr: string, salt?: string): string | undefined;
}

export type SimulatedFunction<T> = (self: SimulatedObject, context: SimulationContext) => T;

/** The nested block whose attribute is asked for, and its place in its list; for a top-level attribute the object itself, at 0. */
export interface SimulatedBlock {
  readonly attributes: SimulatedAttributes;
  readonly index: number;
}

export type SimulatedComputation = (
  self: SimulatedObject,
  context: SimulationContext,
  block: SimulatedBlock,
) => SimulatedValue;

/** An error in the wording of the real API. */
export interface SimulatedError {
  /** The first line: `Error 409: The resource 'projects/p/global/networks/n' already exists, alreadyExists`. */
  readonly summary: string;
  readonly detail?: string;
  /** The argument at fault, so that Terraform points at its line. */
  readonly attribute?: string;
}

/** What an error text is about. */
export interface ErrorSubject {
  readonly self: SimulatedObject;
  readonly context: SimulationContext;
  /** The argument: `subnet_id`. */
  readonly attribute: string;
  /** What the argument says. */
  readonly value: string;
  /** `inUse`: the object that still refers to `self`; `taken`: the one that was there first. */
  readonly other?: SimulatedObject;
  /** `missing`: the type that was looked for. `quota`: the quota's id. */
  readonly wanted?: string;
  /** `quota`: the bound, and what would be used. */
  readonly limit?: number;
  readonly usage?: number;
}

export type ErrorText = (subject: ErrorSubject) => SimulatedError;

/** How a provider words the errors that every cloud has. */
export interface ErrorTexts {
  /** An argument refers to an object that does not exist. */
  readonly missing?: ErrorText;
  /** The object cannot be deleted while another refers to it. */
  readonly inUse?: ErrorText;
  /** The name, number or address belongs to another object. */
  readonly taken?: ErrorText;
  /** The address is not in its subnet, or is reserved there. */
  readonly outside?: ErrorText;
  /** More than the quota allows. */
  readonly quota?: ErrorText;
  /** A data source finds nothing. */
  readonly notFound?: ErrorText;
}

/** One argument that names another object. */
export interface SimulatedReference {
  /** Types of which one must have it. */
  readonly to: string | readonly string[];
  /**
   * The attribute of the other object that is compared.
   * @default 'id'
   */
  readonly by?: string;
  /** Turns what the argument says into what `by` holds; undefined when this value names no object (`0.0.0.0/0`, `self`, a provider's own default). */
  readonly value?: (value: string, self: SimulatedObject) => string | undefined;
  /**
   * Whether the other object cannot be deleted while this one exists.
   * @default true
   */
  readonly holds?: boolean;
  readonly missing?: ErrorText;
  readonly inUse?: ErrorText;
}

/** Attributes that no two objects of a scope share. */
export interface SimulatedUniqueness {
  readonly attributes: readonly string[];
  /** Attributes of the object, else keys of its scope: `['project', 'region']`. */
  readonly within?: readonly string[];
  /** Other types in the same namespace share this word. @default the type */
  readonly namespace?: string;
  readonly taken?: ErrorText;
}

/** An address that lies in a range and belongs to one object only. */
export interface SimulatedAddress {
  /** `private_ip`, `network_interface.network_ip`. */
  readonly attribute: string;
  /** The range of the address; `block` is what holds the attribute (the object's attributes, or the nested block). Undefined: not checked. */
  readonly range: (
    block: SimulatedAttributes,
    self: SimulatedObject,
    context: SimulationContext,
  ) => AddressRange | undefined;
  /** Fills in a free address where the configuration leaves it open. @default false */
  readonly allocate?: boolean;
  readonly outside?: ErrorText;
  readonly taken?: ErrorText;
}

export interface AddressRange {
  /** Addresses are unique in a space: a VPC's or a network's id. */
  readonly space: string;
  readonly cidr: string;
  /** Addresses at the start of the range that the cloud keeps, the network's own among them. @default 1 */
  readonly first?: number;
  /** Addresses at the end that the cloud keeps. @default 1 */
  readonly last?: number;
}

/** A rule for one argument that the facts do not hold. The groups apply only where the block that holds the argument is present. */
export interface SimulatedRule {
  readonly oneOf?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** Of an argument that is a list or a set. */
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Of a nested block: no two beside each other have the same values in all of these attributes. */
  readonly distinctBy?: readonly string[];
  /** `cidr` takes any address before the slash, `network` only the first one of its range. */
  readonly format?:
    | 'ipv4'
    | 'ipv6'
    | 'ip'
    | 'cidr'
    | 'ipv4_cidr'
    | 'ipv6_cidr'
    | 'network'
    | 'ipv4_network'
    | 'ipv6_network'
    | 'arn'
    | 'json'
    | 'base64'
    | 'rfc3339'
    | 'duration'
    | 'integer';
  readonly conflictsWith?: readonly string[];
  readonly exactlyOneOf?: readonly string[];
  readonly atLeastOneOf?: readonly string[];
  readonly requiredWith?: readonly string[];
}

/** @param self the object as planned @param configured what the configuration says of it, without what it leaves open */
export type SimulatedValidation = (
  self: SimulatedObject,
  context: SimulationContext,
  configured: SimulatedObject,
) => readonly SimulatedError[];

/** One resource type. Everything is optional: a type without an entry gets ids and values of no particular format. */
export interface SimulatedResource {
  /** The id in the provider's format. An id that exists already is "taken", unless `context.hex` is in it. */
  readonly id?: SimulatedFunction<string>;
  /** Keys of the scope that part worlds, instead of the provider's own: `[]` for a global type of a regional provider. */
  readonly apart?: readonly string[];
  /** The attribute that holds the id, where the schema has no `id`. */
  readonly idAttribute?: string;
  /** Of a machine, or of an interface of one: paths of the internal addresses at which it answers once it exists. */
  readonly machineAddresses?: readonly string[];
  /** Values of computed attributes, by path; asked in this order once the id is known, only where neither configuration nor plan gave a value. */
  readonly computed?: Readonly<Record<string, SimulatedComputation>>;
  /** Computed values that an update changes, and the arguments whose change does it; none named: any. `{ latest_version: [] }` */
  readonly renewed?: Readonly<Record<string, readonly string[]>>;
  /**
   * Values, by path, of what the configuration leaves open and the provider knows when it plans: `tags_all`, `effective_labels`, `project`
   * from the provider, a default that depends on another argument. Undefined: not known yet.
   */
  readonly planned?: Readonly<Record<string, SimulatedComputation>>;
  /** Nested blocks that the cloud fills in where the configuration has none, beside those that `computed` names; the facts do not tell them from others. */
  readonly filledBlocks?: readonly string[];
  /** Top-level computed values asked again at every read, because other objects change them. */
  readonly observed?: Readonly<Record<string, SimulatedFunction<SimulatedValue>>>;
  /** What the provider makes of a configured value before it is compared and stored: a hash of user data, lower case. */
  readonly normalised?: Readonly<Record<string, (value: SimulatedValue) => SimulatedValue>>;
  /** Values that differ and mean the same, by path: a link and its name. */
  readonly equivalent?: Readonly<Record<string, (before: SimulatedValue, after: SimulatedValue) => boolean>>;
  /** Arguments whose change replaces the object on a condition that the facts do not know: `subnets`, or with indices `disk.0.image`. */
  readonly replacedBy?: (before: SimulatedObject, after: SimulatedObject) => readonly string[];
  /** When an argument whose change replaces the object by the facts does not, by path. */
  readonly replacedUnless?: Readonly<Record<string, (before: SimulatedObject, after: SimulatedObject) => boolean>>;
  readonly references?: Readonly<Record<string, SimulatedReference>>;
  readonly unique?: readonly SimulatedUniqueness[];
  readonly addresses?: readonly SimulatedAddress[];
  /** Rules by path, beside those of the facts and in their place where both have one. */
  readonly rules?: Readonly<Record<string, SimulatedRule>>;
  /** Errors that the provider finds before it calls its API; unknown values are undefined. */
  readonly validate?: SimulatedValidation;
  /** Errors of the API at create and update. */
  readonly check?: SimulatedFunction<readonly SimulatedError[]>;
  /** Errors of the API at delete: protection against deletion. */
  readonly checkDelete?: SimulatedFunction<readonly SimulatedError[]>;
  /** Objects that the cloud makes because of this one, and removes with it: instances of a group, a network's default route. */
  readonly effects?: SimulatedFunction<readonly SimulatedEffect[]>;
  /** Attributes by which `terraform import ID` finds the object. @default by its id, or by what follows the id's last slash */
  readonly importedBy?: (id: string, scope: Scope) => SimulatedAttributes;
  /** Seconds that the real API takes, for rehearsals with latency. */
  readonly seconds?: { readonly create?: number; readonly update?: number; readonly delete?: number };
}

export interface SimulatedEffect {
  /** A resource type, or any word of your own. */
  readonly type: string;
  /** Tells this object's effects of one type apart: an ordinal, a zone. */
  readonly key: string;
  readonly id: string;
  readonly attributes: SimulatedAttributes;
}

/** A data source. With neither member it looks for an object of the resource type of the same name. */
export interface SimulatedDataSource {
  /** The type whose objects it finds; the arguments given must be equal to theirs. */
  readonly of?: string;
  /** Own answer: the attributes found, or errors. `self.attributes` are the arguments. */
  readonly read?: SimulatedFunction<SimulatedAttributes | readonly SimulatedError[]>;
}

/** Something that is there before anybody deploys: a zone, an image, an offering, an adopted network. */
export interface SimulatedSeed {
  /** Ids of prerequisites without which it is not there: `images`, `image:edge`. @default none */
  readonly prerequisites?: readonly string[];
  readonly type: string;
  readonly id: string;
  readonly attributes: SimulatedAttributes;
  readonly scope?: Scope;
}

/** A bound on how many, or how much, may exist in a scope. */
export interface SimulatedQuota {
  /** As the provider calls it: `CPUS`, `L-1216C47A`. */
  readonly id: string;
  /** A value that can be relied on for a new account; `setQuota` changes it. */
  readonly limit: number;
  /** Keys of attributes or scope: `['project', 'region']`. */
  readonly within: readonly string[];
  /** What one object of a type uses: 1, or its vCPUs. */
  readonly use: Readonly<Record<string, (self: SimulatedObject, context: SimulationContext) => number>>;
  readonly exceeded?: ErrorText;
}

/** One of the adapter's prerequisites, and how the API fails without it. */
export interface SimulatedPrerequisite {
  /** The id in the adapter's list of prerequisites. */
  readonly id: string;
  /** Types that need it; a trailing `*` stands for any ending. */
  readonly types: readonly string[];
  /** Only objects for which this holds. */
  readonly when?: SimulatedFunction<boolean>;
  readonly error: SimulatedFunction<SimulatedError>;
}

/** One Terraform provider as the sandbox plays it. */
export interface ProviderSimulation {
  /** Registry address without its host, as in the facts: `hashicorp/google`. */
  readonly provider: string;
  /** Where a session works, from its provider block. @default `{}` */
  readonly scope?: (provider: SimulatedAttributes) => Scope;
  /**
   * Keys of the scope that part worlds: objects of another world are neither seen nor in the way. `['address']` for devices.
   * @default []
   */
  readonly apart?: readonly string[];
  /** Errors of configuring the provider: a region that does not exist, a device that does not answer. */
  readonly configure?: (provider: SimulatedAttributes, context: SimulationContext) => readonly SimulatedError[];
  /** Values that every type of the provider has: `tags_all`, `project`. A type's own entries win. */
  readonly common?: Pick<SimulatedResource, 'computed' | 'planned' | 'normalised' | 'equivalent'>;
  readonly resources: Readonly<Record<string, SimulatedResource>>;
  readonly dataSources?: Readonly<Record<string, SimulatedDataSource>>;
  readonly seeds?: readonly SimulatedSeed[];
  readonly quotas?: readonly SimulatedQuota[];
  readonly prerequisites?: readonly SimulatedPrerequisite[];
  /** The provider's wording where a rule has none of its own. */
  readonly errors?: ErrorTexts;
}
