import type { ProviderFacts } from '../facts';
import { chosenFacts, type Sandbox } from '../server';
import type { StackFolder } from '../stack-folder';
import { refusePlanting } from './not-plantable';
import { providerOf, type StackFile } from './stack-file';

/** Facts of a stack's providers by the names that its configuration gives them. */
export type FactsByName = ReadonlyMap<string, ProviderFacts>;

/** Facts of the providers that a stack uses, each in the version that it asks for. */
export function factsOfStack(sandbox: Sandbox, folder: StackFolder, file: StackFile): FactsByName {
  const facts = chosenFacts(sandbox.world, folder.providers);
  const named = [...file.sources.keys(), ...file.providers.keys(), ...file.declared.map(providerOf)];
  const locals = new Set(named.map((name) => name.split('.')[0] ?? name));
  const entries = [...locals].flatMap((local): (readonly [string, ProviderFacts])[] => {
    const address = addressOf(file, local);
    const found = facts.find(({ provider }) => provider.toLowerCase() === address);
    return found ? [[local, found]] : [];
  });
  return new Map(entries);
}

/** The facts of `aws` or `google.tokyo`. */
export function factsNamed(facts: FactsByName, provider: string): ProviderFacts {
  return facts.get(provider.split('.')[0] ?? provider) ?? refusePlanting(`the provider ${provider}`);
}

/** As states name a provider. */
export function nameInState(file: StackFile, provider: string, host: string): string {
  const [local = '', alias] = provider.split('.');
  return `provider["${host}/${addressOf(file, local)}"]${alias === undefined ? '' : `.${alias}`}`;
}

/** One that is used without being required is HashiCorp's of that name. */
function addressOf(file: StackFile, local: string): string {
  return file.sources.get(local) ?? `hashicorp/${local}`;
}
