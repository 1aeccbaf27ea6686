import type { BlockFacts, ProviderFacts, RuleFacts, TypeFacts } from '../sandbox/facts';

/** A rule as a facts file keeps it; the sandbox uses the part that it can enforce. */
export interface MeasuredRule extends RuleFacts {
  readonly default_from_environment?: boolean;
  /** There is a further check that is not expressed here. */
  readonly more?: boolean;
}

export interface MeasuredType extends TypeFacts {
  readonly rules?: Readonly<Record<string, MeasuredRule>>;
  /** Paths that could not be observed; `*` says none of the type. */
  readonly unprobed?: readonly string[];
}

/** A facts file: what one version of a provider says and does, for the types that the project uses. */
export interface MeasuredFacts extends ProviderFacts {
  /** Date on which the provider was asked, ISO 8601. */
  readonly read: string;
  readonly provider_config: BlockFacts;
  readonly resources: Readonly<Record<string, MeasuredType>>;
  readonly data_sources: Readonly<Record<string, TypeFacts>>;
}
