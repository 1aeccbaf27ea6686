import { ProblemsError } from '../../constructs/contract/problem';
import type { Platform } from '../../stacks/platform/platform';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { print, printJson } from '../cli/output';
import { widthOf } from '../cli/table';
import { loadTopology } from '../topology/load';
import { addresses } from './addresses';
import { capabilities } from './capabilities';
import { type ShowOptions, type View, views } from './command';
import { machines } from './machines';
import { prerequisites } from './prerequisites';
import { reachability } from './reachability';
import { stacks } from './stacks';
import { onlySite, renderView, type ShownView } from './view';

const makers: Readonly<Record<View, (platform: Platform) => ShownView>> = {
  addresses,
  stacks,
  machines,
  reachability,
  capabilities,
  prerequisites,
};

/** Prints what a topology amounts to; nothing is touched and no account is needed. */
export async function show(options: ShowOptions, context: CliContext): Promise<ExitCode> {
  const platform = await loadTopology(options.topology, context);
  refuseUnknownSite(platform, options.site);
  const shown = options.view ? [options.view] : views;
  const made = shown.map((view) => [view, onlySite(makers[view](platform), options.site)] as const);
  if (options.json)
    printJson(context, Object.fromEntries(made.map(([view, { rows }]) => [view, rows.map(({ cells }) => cells)])));
  else print(context, made.map(([, view]) => renderView(view, widthOf(context.stdout))).join('\n\n'));
  return ExitCode.done;
}

function refuseUnknownSite(platform: Platform, site: string | undefined): void {
  if (site === undefined || platform.places[site]) return;
  const bound = Object.keys(platform.places).join(', ');
  throw new ProblemsError([
    { path: '--site', message: 'there is no such site', value: site, bound, fix: 'Use one of these.' },
  ]);
}
