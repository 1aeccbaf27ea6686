import { renderCloudInit, userDataProblem } from './cloud-init';
import type { MachineConfiguration } from './contract/configuration';
import type { Place } from './contract/place';
import { refuse } from './contract/problem';

/**
 * A machine's configuration as user data that the provider of its site takes.
 * @param machine its name, for the error
 * @throws ProblemsError when it is longer than the provider's limit
 */
export function fittingUserData(place: Place, machine: string, configuration: MachineConfiguration): string {
  const { site, adapter } = place;
  const text = renderCloudInit(configuration);
  const problem = userDataProblem(`sites.${site.id}.${machine}`, text, adapter.facts.limits.userDataBytes.value);
  refuse(problem ? [problem] : []);
  return text;
}
