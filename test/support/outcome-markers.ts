/** How the outcome of a test that did not run travels in its name, from the test file to the reporter. */
interface Need {
  readonly name: string;
  readonly install: string;
}

export function needsMarker(need: Need): string {
  return `[needs ${need.name}: ${need.install}]`;
}

export function readNeeds(fullName: string): string[] {
  return [...fullName.matchAll(/\[needs ([^\]]+)\]/g)].map((match) => match[1] ?? '');
}

export function naMarker(id: string, reason: string): string {
  return `[not applicable] ${id}: ${reason}`;
}

/** The id and reason of a test that is not applicable; undefined for any other. */
export function readNotApplicable(title: string): { readonly id: string; readonly reason: string } | undefined {
  const match = /^\[not applicable\] ([^:]+): (.*)$/.exec(title);
  return match ? { id: match[1] ?? '', reason: match[2] ?? '' } : undefined;
}
