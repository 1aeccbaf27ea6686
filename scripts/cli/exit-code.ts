/** What a command answers to the shell. `no` is an answer, not an error: a check failed, a change is dangerous. */
export const ExitCode = {
  done: 0,
  no: 1,
  badInput: 2,
  /** EX_SOFTWARE of sysexits.h: Watari itself is at fault. */
  internalError: 70,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
