import { textsOf } from '../../contract/review';

interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

/**
 * One line for each permission of a policy document: `allow s3:GetObject on arn:... to *`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @param document JSON text; anything else grants nothing that could be read
 */
export function permissionsOf(document: unknown): string[] {
  return statementsIn(document).flatMap((statement) => linesOf(statement, 'Allow'));
}

/** The same of what it forbids: `deny s3:* on arn:... to *`. */
export function refusalsOf(document: unknown): string[] {
  return statementsIn(document).flatMap((statement) => linesOf(statement, 'Deny'));
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

function linesOf(
  { Effect, Action, NotAction, Condition, ...statement }: Statement,
  effect: 'Allow' | 'Deny',
): string[] {
  if (Effect !== effect) return [];
  const actions = [...textsOf(Action), ...textsOf(NotAction).map((action) => `everything but ${action}`)];
  const resources = [
    ...textsOf(statement.Resource),
    ...textsOf(statement.NotResource).map((one) => `everything but ${one}`),
  ];
  const who = [...principalsOf(statement.Principal, ''), ...principalsOf(statement.NotPrincipal, 'everybody but ')];
  const principals = who.length > 0 ? who : [''];
  const condition = Condition === undefined ? '' : ` if ${JSON.stringify(Condition)}`;
  return actions.flatMap((action) =>
    (resources.length > 0 ? resources : ['itself']).flatMap((resource) =>
      principals.map((one) => `${effect.toLowerCase()} ${action} on ${resource}${one}${condition}`),
    ),
  );
}

function principalsOf(principal: unknown, prefix: string): string[] {
  if (principal === undefined) return [];
  const named = typeof principal === 'string' ? [principal] : Object.values(principal as object).flatMap(textsOf);
  return named.map((who) => ` to ${prefix}${who}`);
}
