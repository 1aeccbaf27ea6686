import type {
  Scope,
  SimulatedAttributes,
  SimulatedObject,
  SimulationContext,
} from '../../constructs/contract/simulation';
import { freeAddress } from './addresses';
import type { Cloud } from './cloud';
import { keyOf, sameFields, type CloudObject } from './objects';
import { Stable } from './stable';
import { fieldsFrom, viewOf } from './view';
import type { World } from './world';

/** A provider's session: one provider block of one run. */
export interface Session {
  /** Different for each connection. */
  readonly id: string;
  /** Who deploys, as far as the sandbox was told. */
  readonly owner: string;
  readonly provider: SimulatedAttributes;
  readonly scope: Scope;
}

/** What an adapter's functions are given beside the object. */
export class Context implements SimulationContext {
  /** Addresses that were given out while an object was made. */
  readonly claimed: string[] = [];
  private readonly stable: Stable;

  constructor(
    private readonly cloud: Cloud,
    private readonly world: World,
    private readonly session: Session,
    seed: string,
    readonly before?: SimulatedObject,
  ) {
    this.stable = new Stable(seed);
  }

  get provider(): SimulatedAttributes {
    return this.session.provider;
  }

  get scope(): Scope {
    return this.session.scope;
  }

  list(type: string, where: SimulatedAttributes = {}): readonly SimulatedObject[] {
    const world = this.world.worldOf(type, this.scope);
    const fields = fieldsFrom(where);
    const objects = this.candidates(type, where);
    return objects.filter((object) => object.world === world && sameFields(object.attributes, fields)).map(viewOf);
  }

  /** Among many, those with one of the texts are soon found. */
  private candidates(type: string, where: SimulatedAttributes): readonly CloudObject[] {
    const found = Object.entries(where).find((entry): entry is [string, string] => typeof entry[1] === 'string');
    return found ? this.cloud.objects.byText(type, ...found) : this.cloud.objects.ofType(type);
  }

  find(type: string, by: string | SimulatedAttributes): SimulatedObject | undefined {
    if (typeof by !== 'string') return this.list(type, by)[0];
    const object = this.cloud.objects.get(keyOf(type, this.world.worldOf(type, this.scope), by));
    return object && viewOf(object);
  }

  made(self: SimulatedObject, type: string): readonly SimulatedObject[] {
    const key = keyOf(self.type, this.world.worldOf(self.type, self.scope), self.id);
    return this.cloud.objects
      .madeFor(key)
      .filter((object) => object.type === type)
      .map(viewOf);
  }

  hex(digits = 8, salt = ''): string {
    return this.stable.hex(digits, salt);
  }

  number(below: number, salt = ''): number {
    return this.stable.number(below, salt);
  }

  uuid(salt = ''): string {
    return this.stable.uuid(salt);
  }

  address(space: string, cidr: string, salt = ''): string | undefined {
    return this.addressIn({ space, cidr }, `${cidr} ${salt}`);
  }

  /** A free address of a range, claimed for the object that is being made. */
  addressIn(range: Parameters<typeof freeAddress>[0], salt: string): string | undefined {
    const claim = (address: string): string => addressClaim(range.space, address);
    const isTaken = (address: string): boolean =>
      this.cloud.objects.claimant(claim(address)) !== undefined || this.claimed.includes(claim(address));
    const address = freeAddress(range, (below) => this.stable.number(below, salt), isTaken);
    if (address !== undefined) this.claimed.push(claim(address));
    return address;
  }
}

export function addressClaim(space: string, address: string): string {
  return `address|${space}|${address.split('/')[0]}`;
}
