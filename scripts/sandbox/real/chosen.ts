import { ProblemsError } from '../../../constructs/contract/problem';
import type { CliContext } from '../../cli/context';
import { note } from '../../cli/output';
import { findRealProviders, type RealProvider } from './providers';

interface Choice {
  readonly hybrid?: boolean;
  /** Whether the command works in the sandbox at all. @default true */
  readonly sandbox?: boolean;
}

/** The real providers that `--hybrid` asks for, none without it; says who plans what. */
export function realProvidersFor(
  { hybrid = false, sandbox = true }: Choice,
  context: CliContext,
): readonly RealProvider[] {
  if (!hybrid) return [];
  if (!sandbox) {
    const message = 'real providers plan there anyway';
    throw new ProblemsError([{ path: '--hybrid', message, fix: 'Leave it out, or add --sandbox.' }]);
  }
  const { providers, notes } = findRealProviders(context);
  for (const text of notes) note(context, text);
  return providers;
}
