const turns = new Map<string, Promise<unknown>>();

/** One writer at a time on each device, also for work outside the order of stacks. */
export function inTurn<T>(devices: readonly string[], work: () => Promise<T>): Promise<T> {
  const before = devices.flatMap((device) => turns.get(device) ?? []);
  const own = Promise.allSettled(before).then(work);
  for (const device of devices) turns.set(device, own);
  return own;
}
