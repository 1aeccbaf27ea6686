import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const recipesFolder = join(__dirname, '..', '..', '..', 'docs', 'ci');
export const recipeText = (name: string): string => readFileSync(join(recipesFolder, name), 'utf8');
export const recipe = <T>(name: string): T => parse(recipeText(name)) as T;

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Workflow {
  readonly on: unknown;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: object; readonly env?: object; readonly steps: readonly Step[] }>
  >;
}

export interface GitlabJob {
  readonly script?: readonly string[];
  readonly rules: readonly { readonly if: string }[];
}

export interface CloudBuild {
  readonly steps: readonly { readonly id: string; readonly name: string; readonly args: readonly string[]; readonly secretEnv?: readonly string[] }[]; // prettier-ignore
  readonly availableSecrets?: object;
}

export interface AtlantisConfig {
  readonly workflows: Readonly<
    Record<string, { readonly plan: { readonly steps: readonly (string | { readonly run: string })[] } }>
  >;
}

/** What steps of a job run, one after the other. */
export const commandsOf = (steps: readonly Step[], ...names: readonly string[]): string =>
  names.map((name) => steps.find((step) => step.name === name)?.run ?? `echo no step ${name}; exit 9`).join('\n');
