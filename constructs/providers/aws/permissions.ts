import { textsOf } from '../../contract/review';

interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

/**
 * One line for each permission of a policy document: `allow s3:GetObject on arn:... to *`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @param document JSON text; anything else grants nothing that could be read
 */
export function permissionsOf(document: unknown): string[] {
  return statementsIn(document).flatMap((statement) => linesOf(statement));
}

function statementsIn(document: unknown): Statement[] {
  if (typeof document !== 'string') return [];
  try {
    const { Statement: statements } = JSON.parse(document) as { Statement?: Statement | Statement[] };
    return [statements ?? []].flat();
  } catch {
    return [];
  }
}

function linesOf({ Effect, Principal, Action, NotAction, Resource, Condition }: Statement): string[] {
  if (Effect !== 'Allow') return [];
  const actions = [...textsOf(Action), ...textsOf(NotAction).map((action) => `everything but ${action}`)];
  const resources = textsOf(Resource);
  const condition = Condition === undefined ? '' : ` if ${JSON.stringify(Condition)}`;
  return actions.flatMap((action) =>
    (resources.length > 0 ? resources : ['itself']).flatMap((resource) =>
      principalsOf(Principal).map((who) => `allow ${action} on ${resource}${who}${condition}`),
    ),
  );
}

function principalsOf(principal: unknown): string[] {
  if (principal === undefined) return [''];
  if (typeof principal === 'string') return [` to ${principal}`];
  return Object.values(principal as Record<string, unknown>).flatMap((value) =>
    textsOf(value).map((who) => ` to ${who}`),
  );
}
