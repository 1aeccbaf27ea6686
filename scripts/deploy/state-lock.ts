import { hostname, userInfo } from 'node:os';

/** Who holds the lock of a state, as Terraform says when it cannot have it. */
export interface StateLock {
  readonly id: string;
  /** `user@host`. */
  readonly who: string;
  readonly created: Date;
}

/** Reads the lock's holder from what Terraform wrote; undefined when it was refused for another reason. */
export function lockIn(output: string): StateLock | undefined {
  if (!output.includes('Error acquiring the state lock')) return undefined;
  const value = (name: string): string | undefined =>
    new RegExp(`^\\W*${name}:\\s+(.+)$`, 'm').exec(output)?.[1]?.trim();
  const [id, who, created] = [value('ID'), value('Who'), value('Created')];
  if (!id || !who || !created) return undefined;
  // Go writes `2026-11-20 11:00:00.123456789 +0000 UTC`.
  const [, day, time] = /^(\S+) (\d+:\d+:\d+)\S* \+0000 UTC/.exec(created) ?? [];
  return day === undefined || time === undefined ? undefined : { id, who, created: new Date(`${day}T${time}Z`) };
}

/** What a run that was killed left behind: when it began, and when this one did. */
export interface Interruption {
  /** ISO 8601. */
  readonly since: string;
  readonly until: Date;
}

/**
 * Whether a lock is one that a killed run of the same folder left: the same user took it on the same machine while that
 * run was alive. Its Terraforms have all ended by then, so nobody works under it.
 */
export function isLeftBehind({ who, created }: StateLock, { since, until }: Interruption): boolean {
  // Terraform's time has whole seconds here.
  const begun = Math.floor(Date.parse(since) / 1000) * 1000;
  return who === `${userInfo().username}@${hostname()}` && created.getTime() >= begun && created <= until;
}
