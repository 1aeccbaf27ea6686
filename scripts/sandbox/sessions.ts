import type { Http2Session } from 'node:http2';
import type { SimulatedAttributes, Scope } from '../../constructs/contract/simulation';
import { isAlive } from './lock';
import type { LiveSession } from './service';

/** Process ids come again; with the time of start they do not. */
const OWN = `${process.pid}-${Math.round(performance.timeOrigin).toString(36)}`;
const open = new Set<string>();
let count = 0;

/** Whether a session may still wait for an answer; one of another process does, as long as that process lives. */
export function isOpen(session: string): boolean {
  const [origin = ''] = session.split('.');
  const pid = Number(origin.split('-')[0]);
  if (origin === OWN) return open.has(session);
  return pid !== process.pid && isAlive(pid);
}

/** Opens a session of this process itself; `end` it when nobody waits for its answers any more. */
export function openSession(): { readonly id: string; end: () => void } {
  const id = `${OWN}.${++count}`;
  open.add(id);
  return { id, end: () => void open.delete(id) };
}

/** The connections of Terraform: one for each provider block of each run. */
export class Sessions {
  private readonly byConnection = new WeakMap<Http2Session, LiveSession>();

  /** The session of a connection; a new one has no provider block yet. */
  of(connection: Http2Session, owner: string): LiveSession {
    const known = this.byConnection.get(connection);
    if (known) return known;
    const { id, end } = openSession();
    connection.on('close', end);
    return this.keep(connection, { id, owner, provider: {}, scope: {}, stopped: new AbortController() });
  }

  /** Gives a session its provider block. */
  configure(connection: Http2Session, owner: string, provider: SimulatedAttributes, scope: Scope): LiveSession {
    return this.keep(connection, { ...this.of(connection, owner), provider, scope });
  }

  private keep(connection: Http2Session, session: LiveSession): LiveSession {
    this.byConnection.set(connection, session);
    return session;
  }
}
