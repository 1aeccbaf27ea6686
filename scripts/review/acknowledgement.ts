import { existsSync, readFileSync } from 'node:fs';
import { type Static, Type } from '@sinclair/typebox';
import Ajv from 'ajv';
import { parse, stringify } from 'yaml';
import { refuse } from '../../constructs/contract/problem';
import { finding } from './findings/context';
import { type FusePolicy, defaultFuse } from './findings/fuse';
import type { Finding, Report } from './report';

const closed = { additionalProperties: false };
const AcknowledgementSchema = Type.Object(
  {
    /** Fingerprint of the change that it is about; void for any other. */
    change: Type.String(),
    why: Type.String({ minLength: 1 }),
    /** `<stack>/<resource address>`, each by itself. */
    resources: Type.Array(Type.String(), { minItems: 1 }),
  },
  closed,
);
const FileSchema = Type.Object(
  {
    fuse: Type.Optional(
      Type.Object(
        {
          percent: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
          least: Type.Optional(Type.Integer({ minimum: 1 })),
        },
        closed,
      ),
    ),
    acknowledged: Type.Optional(Type.Array(AcknowledgementSchema)),
  },
  closed,
);
type ReviewsFile = Static<typeof FileSchema>;
export type Acknowledgement = Static<typeof AcknowledgementSchema>;

const isReviewsFile = new Ajv({ allErrors: true }).compile<ReviewsFile>(FileSchema);

/** Where a platform's policy and its acknowledgements are, below the checkout. */
export const reviewsFile = (topology: string): string => `reviews/${topology}.yaml`;

/** @returns nothing where there is no such file. @throws ProblemsError for one that is not as it should be */
export function readReviews(file: string): ReviewsFile {
  if (!existsSync(file)) return {};
  const fix = 'docs/review.md shows what it may hold.';
  try {
    const value: unknown = parse(readFileSync(file, 'utf8')) ?? {};
    if (isReviewsFile(value)) return value;
    refuse(
      (isReviewsFile.errors ?? []).map(({ instancePath, message = 'is wrong' }) => ({
        path: `${file}${instancePath}`,
        message,
        fix,
      })),
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'ProblemsError') throw error;
    refuse([{ path: file, message: `is no YAML: ${error instanceof Error ? error.message : String(error)}`, fix }]);
  }
  throw new Error('unreachable');
}

/** The bounds as they were before the change: a change does not loosen its own fuse. */
export const fuseOf = (base: ReviewsFile): FusePolicy => ({ ...defaultFuse, ...base.fuse });

/** Findings of which every resource is acknowledged for exactly this change need no further decision. */
export function acknowledge(
  findings: readonly Finding[],
  acknowledgements: readonly Acknowledgement[],
  change: string,
): { readonly findings: Finding[]; readonly resources: ReadonlySet<string> } {
  const valid = acknowledgements.filter((one) => one.change === change);
  const resources = new Set(valid.flatMap((one) => one.resources));
  const judged = findings.map((one) =>
    one.decision && one.addresses.length > 0 && one.addresses.every((address) => resources.has(address))
      ? { ...one, acknowledged: true }
      : one,
  );
  const stale = acknowledgements.filter((one) => one.change !== change);
  return { findings: [...judged, ...stale.map((one) => voidOf(one, change))], resources };
}

const voidOf = (one: Acknowledgement, change: string): Finding =>
  finding({
    rule: 'acknowledgement',
    title: `The acknowledgement of ${one.change} counts for nothing: this change is ${change}`,
    details: [`It says: ${one.why}`],
  });

/** Ready to be put into the file. */
export function acknowledgementFor(report: Pick<Report, 'fingerprint'>, resources: readonly string[]): string {
  const entry = { change: report.fingerprint?.change ?? '', why: 'Say why this is meant.', resources: [...resources] };
  return stringify({ acknowledged: [entry] });
}
