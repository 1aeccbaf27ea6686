import type { CliContext } from '../cli/context';

/** What a proof measured or counted, as its row of the closing table and as JSON. */
export type Figures = Readonly<Record<string, number | string>>;

/** What a proof is given. */
export interface ProofContext extends Pick<CliContext, 'root'> {
  /** A folder of the proof's own, kept until it has succeeded: simulated clouds, states, whatever it must find again. */
  readonly folder: string;
  /** One line of progress. */
  say(text: string): void;
  /**
   * A part whose answer is remembered: a run that is started again does not repeat it. Only plain JSON.
   * @param name unique within the proof
   */
  part<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** One long proof: a file in `scripts/prove/proofs/` that exports it as `proof`. Throws when it does not hold. */
export interface Proof {
  /** One sentence: what holds when it succeeds. */
  readonly name: string;
  /** Minutes that it takes on two cores, so that somebody who starts it knows. */
  readonly minutes: number;
  run(context: ProofContext): Promise<Figures>;
}
