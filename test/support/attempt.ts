import { ProblemsError } from '../../constructs/contract/problem';

/** What comes of it, or that it was refused with a fix: an adapter does what it is told, or says that it cannot. */
export function attempt<T>(build: () => T): T | 'refused' {
  try {
    return build();
  } catch (error) {
    if (error instanceof ProblemsError) return 'refused';
    throw error;
  }
}
