import type {
  AddressRange,
  SimulatedAddress,
  SimulatedError,
  SimulatedUniqueness,
} from '../../constructs/contract/simulation';
import { isUsable } from './addresses';
import { placeOf, textsOf, type Candidate } from './candidate';
import type { Cloud } from './cloud';
import { addressClaim } from './context';
import { errorOf } from './errors';
import type { CloudObject } from './objects';
import { holdersOf, textsAt } from './paths';
import type { Fields } from './values';
import { simulatedFields, viewOf, type View } from './view';
import type { World } from './world';

interface FoundAddress {
  readonly rule: SimulatedAddress;
  readonly range: AddressRange;
  readonly address: string;
}

/** Names and addresses that no two objects share. */
export class Claims {
  constructor(
    private readonly cloud: Cloud,
    private readonly world: World,
  ) {}

  /** Names and addresses that the object has for itself once it exists. */
  of(candidate: Candidate): readonly string[] {
    const { self, fields, context, before } = candidate;
    const unique = this.rules(self).flatMap((rule) => this.uniqueClaim(rule, self) ?? []);
    const addresses = this.addressesOf(candidate).map(({ range, address }) => addressClaim(range.space, address));
    const kept = (before?.claims ?? []).filter((claim) => claim.startsWith('address|') && isStillThere(claim, fields));
    return [...new Set([...unique, ...addresses, ...context.claimed, ...kept])];
  }

  takenNames({ self, context, key }: Candidate): readonly SimulatedError[] {
    return this.rules(self).flatMap((rule) => {
      const claim = this.uniqueClaim(rule, self);
      const other = claim === undefined ? undefined : this.cloud.objects.claimant(claim);
      if (!other || other.key === key) return [];
      const [attribute = ''] = rule.attributes;
      const subject = { self, context, attribute, value: self.text(attribute), other: viewOf(other) };
      return [errorOf('taken', subject, rule.taken, textsOf(this.world, self.type).taken)];
    });
  }

  /** The id of a new object belongs to another: the rule that the id is made of says so. */
  takenId({ self, context }: Candidate, other: CloudObject): SimulatedError {
    const rule = this.rules(self).find(({ attributes }) =>
      attributes.every((name) => self.id.includes(self.text(name))),
    );
    const attribute = rule?.attributes[0] ?? (self.text('name') ? 'name' : 'id');
    const subject = { self, context, attribute, value: self.text(attribute) || self.id, other: viewOf(other) };
    return errorOf('taken', subject, rule?.taken, textsOf(this.world, self.type).taken);
  }

  wrongAddresses(candidate: Candidate): readonly SimulatedError[] {
    const { self, context, key } = candidate;
    const texts = textsOf(this.world, self.type);
    return this.addressesOf(candidate).flatMap(({ rule, range, address }) => {
      const subject = { self, context, attribute: rule.attribute, value: address, wanted: range.cidr };
      if (!isUsable(range, address)) return [errorOf('outside', subject, rule.outside, texts.outside)];
      const other = this.cloud.objects.claimant(addressClaim(range.space, address));
      if (!other || other.key === key) return [];
      return [errorOf('taken', { ...subject, other: viewOf(other) }, rule.taken, texts.taken)];
    });
  }

  private rules(self: View): readonly SimulatedUniqueness[] {
    return this.world.resource(self.type).unique ?? [];
  }

  private uniqueClaim({ attributes, within = [], namespace }: SimulatedUniqueness, self: View): string | undefined {
    const values = attributes.map((attribute) => self.text(attribute));
    if (values.some((value) => value === '')) return undefined;
    const place = [this.world.worldOf(self.type, self.scope), ...within.map((name) => placeOf(self, name))];
    return ['unique', namespace ?? self.type, ...place, ...values].join('|');
  }

  private addressesOf({ self, fields, context }: Candidate): readonly FoundAddress[] {
    return (this.world.resource(self.type).addresses ?? []).flatMap((rule) =>
      holdersOf(fields, rule.attribute).flatMap(({ block, name }) => {
        const range = rule.range(simulatedFields(block), self, context);
        return range ? textsAt(block, name).map((address) => ({ rule, range, address })) : [];
      }),
    );
  }
}

function isStillThere(claim: string, fields: Fields): boolean {
  const address = claim.slice(claim.lastIndexOf('|') + 1);
  return JSON.stringify(fields).includes(`"${address}`);
}
