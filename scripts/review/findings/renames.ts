import type { Pair } from '../analysis/likeness';
import type { Rename, Renames } from '../analysis/renames';
import { type Subject, valuesBefore } from '../analysis/subject';
import type { Finding } from '../report';
import { finding } from './context';

/** Renames within a stack, with the block that makes a move of each. */
export function renameFindings({ renames, ambiguous }: Renames): Finding[] {
  return [...renames.map(describeRename), ...ambiguous.map(describeAmbiguity)];
}

const proofs: Readonly<Record<Rename['proof'], string>> = {
  empty: 'Planned with this block, nothing is left to do for it.',
  'in-place': 'Planned with this block, it is changed in place and neither destroyed nor made.',
  unproven: 'Plan again with this block: then it shows whether nothing is left to do.',
};

function describeRename({ from, to, proof, differences }: Rename): Finding {
  return finding(
    {
      rule: 'rename',
      decision: true,
      stack: from.stack,
      title: `${from.address} goes and ${to.address} comes: it looks like a rename`,
      details: [
        proofs[proof],
        ...(differences.length > 0 ? [`They differ in ${differences.join(', ')}.`] : []),
        `In CDKTF: \`resource.moveFromId('${from.address}')\` on the construct that is now ${to.path ?? to.address}.`,
      ],
      code: { language: 'hcl', text: `moved {\n  from = ${from.address}\n  to   = ${to.address}\n}` },
    },
    [from, to],
  );
}

/** More of them tell nobody more. */
const shownCandidates = 5;

function describeAmbiguity({ from, candidates: all }: Renames['ambiguous'][number]): Finding {
  const candidates = all.slice(0, shownCandidates);
  const rest = all.length - candidates.length;
  return finding(
    {
      rule: 'rename',
      decision: true,
      stack: from.stack,
      title: `${from.address} goes and may be one of ${all.length} that come`,
      details: [
        ...candidates.map(({ address }) => `as like: ${address}`),
        ...(rest > 0 ? [`and ${rest} more`] : []),
        'Which one it is, is not guessed.',
      ],
    },
    [from, ...candidates],
  );
}

/**
 * The same across states: Terraform moves nothing between them.
 * @param forcing attributes of a type whose change replaces
 */
export function crossStateFindings(pairs: readonly Pair[], forcing: (type: string) => readonly string[]): Finding[] {
  return pairs.flatMap((pair) => {
    const { from, to } = pair;
    const forced = pair.differences.filter((name) => forcing(from.planned.type).includes(name));
    const id = valuesBefore(from).id;
    const title = `${from.stack}/${from.address} goes and ${to.stack}/${to.address} comes: it looks like one thing that changes its state`;
    if (forced.length > 0 || typeof id !== 'string') {
      const why =
        forced.length > 0
          ? `It cannot be taken over: ${forced.join(', ')} would be another, which needs a new one.`
          : 'It cannot be taken over: its id is not known.';
      return [finding({ rule: 'rename', title, details: [why] }, [from, to])];
    }
    const details = ['The first block belongs to the stack that loses it, the second to the one that gets it.'];
    return [finding({ rule: 'rename', decision: true, title, details, code: blocks(from, to, id) }, [from, to])];
  });
}

const blocks = (from: Subject, to: Subject, id: string) => ({
  language: 'hcl',
  text: `# ${from.stack}\nremoved {\n  from = ${from.address}\n  lifecycle {\n    destroy = false\n  }\n}\n\n# ${to.stack}\nimport {\n  to = ${to.address}\n  id = ${JSON.stringify(id)}\n}`,
});
