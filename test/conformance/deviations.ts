/**
 * Rules that a profile is known not to keep, each with its reason, by rule and profile. A reviewed list: one that keeps
 * the rule after all fails, so the list shrinks and never grows unseen.
 */
export const deviations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  drain: {
    'cloudstack/idcf': 'A rule of the virtual router has no drain; HAProxy pairs behind it have (README).',
    'cloudstack/private': 'A rule of the virtual router has no drain; HAProxy pairs behind it have (README).',
    'metal/bigip': 'A failed member keeps its connections for as long as they last (README).',
  },
  idle: {
    'gcp/standard': 'A passthrough balancer ends no connection: packets reach the members, who decide.',
    'cloudstack/idcf': 'A rule of the virtual router has no timeout; HAProxy pairs behind it have (README).',
    'cloudstack/private': 'A rule of the virtual router has no timeout; HAProxy pairs behind it have (README).',
  },
  forwarding: {
    'metal/bigip': 'A switch forwards whatever a port sends: there is no source check to switch off.',
    'metal/software': 'A switch forwards whatever a port sends: there is no source check to switch off.',
  },
};

/** Expects no violation, or at least one where a deviation is on the list. */
export function expectKept(rule: string, profile: string, violations: readonly string[]): void {
  const reason = deviations[rule]?.[profile];
  if (reason === undefined) expect(violations).toEqual([]);
  else expect({ reason, isKept: violations.length === 0 }).toEqual({ reason, isKept: false });
}
