import type { CloudObject, Fault, Settings } from './objects';
import { NO_SETTINGS } from './objects';
import { ObjectIndex } from './object-index';
import { Journal } from './journal';

const VERSION = 1;
/** A file is rewritten when it has this many lines beyond twice its objects. */
const SLACK_LINES = 2000;

/** One transaction. Order within it: header, settings, drops, puts. */
export interface Entry {
  readonly cloud?: number;
  readonly settings?: Settings;
  readonly drop?: readonly string[];
  readonly put?: readonly CloudObject[];
  /** Keys that a later call has named. */
  readonly known?: readonly string[];
  /** A fault has passed over, or happened to, an object. */
  readonly counted?: string;
  /** Generations that were in use, and seeds that were there, as a rewritten file keeps them. */
  readonly generations?: Readonly<Record<string, number>>;
  readonly seeded?: Readonly<Record<string, string>>;
  readonly counts?: Readonly<Record<string, number>>;
}

/**
 * Everything that exists in the simulated cloud, kept in one file.
 * Any number of processes may have it open; each sees the others' transactions, and none is ever seen in part.
 */
export class Cloud {
  readonly objects = new ObjectIndex();
  private readonly journal: Journal;
  private current: Settings = NO_SETTINGS;
  private generations = new Map<string, number>();
  private seeded = new Map<string, string>();
  private counts = new Map<string, number>();

  /** Opens the file or makes it. Throws when it comes from a newer version. */
  constructor(readonly file: string) {
    this.journal = new Journal(
      file,
      () => this.reset(),
      (entry) => this.accept(entry as Entry),
    );
    if (this.journal.lines === 0) this.transact(() => ({ result: undefined, entry: this.header() }));
    if (this.journal.lines > 2 * this.objects.size + SLACK_LINES) this.journal.rewrite(() => this.snapshot());
  }

  get settings(): Settings {
    return this.current;
  }

  /** Reads what other processes did. */
  refresh(): this {
    this.journal.sync();
    return this;
  }

  /** Decides and writes in one step: nothing else happens to the cloud in between. */
  transact<T>(run: () => { readonly result: T; readonly entry?: Entry | undefined }): T {
    return this.journal.transact(run);
  }

  /**
   * Writes all transactions of a function at once, for many of them at a time. Nobody else may use the cloud meanwhile: throws
   * when another process has.
   */
  together<T>(run: () => Promise<T>): Promise<T> {
    return this.journal.together(run);
  }

  change(settings: (current: Settings) => Settings): void {
    this.transact(() => ({ result: undefined, entry: { settings: settings(this.current) } }));
  }

  /** The generation that a new object of an identity gets: ids are not used twice while the cloud holds anything. */
  nextGeneration(identity: string): number {
    return this.generations.get(identity) ?? 0;
  }

  /** The text of the seed that was last put there under a key. */
  seedOf(key: string): string | undefined {
    return this.seeded.get(key);
  }

  /** How often something was counted. */
  count(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  close(): void {
    this.journal.close();
  }

  private header(): Entry | undefined {
    return this.journal.lines === 0 ? { cloud: VERSION } : undefined;
  }

  private reset(): void {
    this.objects.clear();
    this.adjust(NO_SETTINGS);
    this.generations = new Map();
    this.seeded = new Map();
    this.counts = new Map();
  }

  private accept(entry: Entry): void {
    if ((entry.cloud ?? VERSION) > VERSION) {
      throw new Error(
        `${this.file} was written by a newer version (${entry.cloud}, this one knows ${VERSION}): update Watari, or name another file`,
      );
    }
    if (entry.settings) this.adjust(entry.settings);
    if (entry.counted) this.counts.set(entry.counted, this.count(entry.counted) + 1);
    this.restore(entry);
    for (const key of entry.drop ?? []) this.objects.drop(key);
    for (const object of entry.put ?? []) this.put(object);
    for (const key of entry.known ?? []) this.acknowledge(key);
    if (entry.drop) this.forgetIdsOfAnEmptyCloud();
  }

  private adjust(settings: Settings): void {
    this.current = settings;
    this.objects.withhold(settings.withheld);
  }

  private restore({ generations = {}, seeded = {}, counts = {} }: Entry): void {
    for (const [identity, next] of Object.entries(generations)) this.generations.set(identity, next);
    for (const [key, text] of Object.entries(seeded)) this.seeded.set(key, text);
    for (const [name, count] of Object.entries(counts)) this.counts.set(name, count);
  }

  private put(object: CloudObject): void {
    this.objects.put(object);
    const next = Math.max(object.generation + 1, this.nextGeneration(object.identity));
    if (object.origin === 'terraform') this.generations.set(object.identity, next);
    if (object.origin === 'seed') this.seeded.set(object.key, object.identity);
  }

  private acknowledge(key: string): void {
    const object = this.objects.get(key);
    if (object) this.objects.put({ ...object, isKnown: true });
  }

  /** So that a platform that was destroyed and is deployed again has the ids of the first time. */
  private forgetIdsOfAnEmptyCloud(): void {
    if (this.objects.deployed === 0) this.generations.clear();
  }

  private snapshot(): readonly Entry[] {
    const { current, generations, seeded, counts } = this;
    const rest = {
      generations: Object.fromEntries(generations),
      seeded: Object.fromEntries(seeded),
      counts: Object.fromEntries(counts),
    };
    const objects = this.objects.kept().map((object) => ({ put: [object] }));
    return [{ cloud: VERSION, settings: current }, ...objects, rest];
  }
}

/** The name under which a fault's happenings to one object are counted. */
export function countOf(fault: Fault, identity: string): string {
  return `${fault.id}|${identity}`;
}
