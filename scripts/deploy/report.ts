import { renderTable } from '../cli/table';
import type { StackSpec } from '../../constructs/contract/stack';
import type { Orphan } from './orphans';
import { interrupted } from './schedule';
import { outputsOnly } from './plan-summary';
import type { StackOutcome } from './stack-work';

/** What a whole run did: the closing table, and the document of `--json`. */
export interface DeployReport {
  readonly topology: string;
  readonly stacks: readonly StackOutcome[];
  /** Not tried, because a stack that they depend on failed. */
  readonly blocked: readonly { readonly stack: string; readonly by: string }[];
  readonly orphans: readonly Orphan[];
  /** Public addresses by site and service. */
  readonly addresses: readonly SiteAddress[];
  /** Stacks outside this run that read what it has changed. @default none */
  readonly readers?: readonly string[];
  readonly seconds: number;
}

export interface SiteAddress {
  readonly site: string;
  readonly service: string;
  readonly addresses: string;
}

/** @param width of the terminal; without it each row is one line */
export function renderReport(report: DeployReport, width?: number): string {
  return [
    stackTable(report, width),
    addressTable(report.addresses, width),
    ...orphanLines(report.orphans),
    ...outputLines(report),
    ...readerLines(report),
    closingLine(report),
  ]
    .filter(Boolean)
    .join('\n');
}

function stackTable(report: DeployReport, width: number | undefined): string {
  const done = report.stacks.map((stack) => [
    stack.stack,
    String(stack.resources ?? ''),
    `${stack.seconds.toFixed(1)} s`,
    stack.ok ? resultOf(stack) : `FAILED: ${stack.summary}`,
  ]);
  const blocked = report.blocked.map(({ stack, by }) => [
    stack,
    '',
    '',
    by === interrupted ? `not tried: ${by}` : `not tried: ${by} failed`,
  ]);
  return renderTable(['stack', 'resources', 'time', 'result'], [...done, ...blocked], width);
}

const writesOutputs = ({ summary }: StackOutcome): boolean => summary.includes(outputsOnly);
const resultOf = (stack: StackOutcome): string =>
  stack.resources === 0 && writesOutputs(stack) ? `${stack.summary}: nothing to make` : stack.summary;

/** What the words in the table mean, where they are in it. */
function outputLines({ stacks }: DeployReport): string[] {
  const written = stacks.filter(writesOutputs);
  const empty = written.some(({ resources }) => resources === 0);
  const meaning = `${outputsOnly}: no resource differs; what the stack tells other stacks was written to its state.`;
  const none =
    'With 0 resources, nothing is placed there, or what it needs was there before (adopted). The stack stays, so that what is taken away from it later is found.';
  return [...(written.length > 0 ? [meaning] : []), ...(empty ? [none] : [])];
}

function readerLines({ readers = [] }: DeployReport): string[] {
  if (readers.length === 0) return [];
  const options = readers.map((stack) => `--stack ${stack}`).join(' ');
  return [`Not in this run, though it reads what has changed: ${readers.join(', ')}. Deploy it with ${options}.`];
}

function addressTable(addresses: readonly SiteAddress[], width: number | undefined): string {
  if (addresses.length === 0) return '';
  const rows = addresses.map(({ site, service, addresses: list }) => [site, service, list]);
  return renderTable(['site', 'service', 'public addresses'], rows, width);
}

function orphanLines(orphans: readonly Orphan[]): string[] {
  return orphans.map(
    ({ stack, resources = 'an unknown number of' }) =>
      `Orphan: stack ${stack} is no longer in the topology and still has ${resources} resources. Put it back into the topology, destroy it with --destroy --stack ${stack}, then remove it.`,
  );
}

function closingLine(report: DeployReport): string {
  const failed = report.stacks.filter(({ ok }) => !ok).length;
  const changed = report.stacks.filter((stack) => stack.changed && stack.ok).length;
  const resources = report.stacks.reduce((sum, stack) => sum + (stack.resources ?? 0), 0);
  const time = `${report.seconds.toFixed(1)} s`;
  const untried = report.blocked.length;
  const all = report.stacks.length + untried;
  if (report.blocked.some(({ by }) => by === interrupted))
    return `Interrupted: ${failed} of ${all} stacks were being worked on, ${untried} were not tried (${time}). Run the same command again: it resumes.`;
  if (failed > 0)
    return `${failed} of ${all} stacks failed, ${untried} were not tried (${time}). Mend the cause and run the same command again: it resumes.`;
  if (changed === 0) return `Nothing to change: ${report.stacks.length} stacks, ${resources} resources (${time}).`;
  return `Done: ${changed} of ${report.stacks.length} stacks changed, ${resources} resources (${time}).`;
}

/** Public addresses as the stacks' own outputs have them, from their states. */
export function readAddresses(specs: readonly StackSpec[], outcomes: readonly StackOutcome[]): SiteAddress[] {
  return specs.filter(({ kind }) => kind === 'system').flatMap((spec) => addressesOf(spec, outcomes));
}

function addressesOf(spec: StackSpec, outcomes: readonly StackOutcome[]): SiteAddress[] {
  const { handles = {} } = outcomes.find(({ stack }) => stack === spec.id) ?? {};
  const site = spec.sites.join(', ');
  return Object.entries(handles)
    .filter(([key]) => key.startsWith(addressKey))
    .map(([key, addresses]) => ({
      site,
      service: `${spec.id.slice(site.length + 1)} ${key.slice(addressKey.length)}`,
      addresses: addresses.replaceAll(',', ', '),
    }));
}

const addressKey = 'addresses.';
