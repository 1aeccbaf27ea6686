/** A stack, or something in it, that only Terraform itself can bring about; the message says what. */
export class NotPlantable extends Error {}

export function refusePlanting(reason: string): never {
  throw new NotPlantable(reason);
}
