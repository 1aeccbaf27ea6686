import type { ErrorTexts } from '../../constructs/contract/simulation';
import type { Context } from './context';
import type { CloudObject } from './objects';
import type { Fields } from './values';
import type { View } from './view';
import type { World } from './world';

/** An object that is about to be created or changed. */
export interface Candidate {
  readonly self: View;
  readonly fields: Fields;
  readonly context: Context;
  /** Empty for a new one. */
  readonly key: string;
  readonly before?: CloudObject | undefined;
}

/** A key of a place: an attribute of the object, else of its scope. */
export function placeOf(self: View, name: string): string {
  return self.text(name) || (self.scope[name] ?? '');
}

/** How a type's provider words the errors that every cloud has. */
export function textsOf(world: World, type: string): ErrorTexts {
  return world.simulationOf(type)?.errors ?? {};
}
