import onlyPrivate from '../../stacks/topologies/only-private';
import reference from '../../stacks/topologies/reference';
import { pathsOfStrings, type StackJson, synthesizedStacks } from '../support/stack-json';

const stacks = [...synthesizedStacks(reference), ...synthesizedStacks(onlyPrivate)].map(([, stack]) => stack);

/**
 * The only places where a secret goes, each from a sensitive variable. Resources keep theirs in the state; the far end
 * of a VPN takes its key no other way, and a BIG-IP is onboarded with its password.
 */
const allowed = {
  providers: ['cloudstack.api_key', 'cloudstack.secret_key'],
  resources: [
    'aws_vpn_connection.tunnel1_preshared_key',
    'aws_vpn_connection.tunnel2_preshared_key',
    'bigip_do.do_json',
    'google_compute_vpn_tunnel.shared_secret',
  ],
  // User data of link gateways, which end the tunnels themselves.
  locals: ['gateways-SITE-HALF-user-data'],
};

const variable = /\bvar\.\w/;
const unique = (list: readonly string[]): string[] => [...new Set(list)].sort();

function inResources(stack: StackJson): string[] {
  return Object.entries(stack.resource ?? {}).flatMap(([type, byName]) =>
    Object.values(byName).flatMap((attributes) =>
      pathsOfStrings(attributes, variable).map((path) => `${type}.${path}`),
    ),
  );
}

test('secrets reach resources, state and user data only where the list says so', () => {
  expect(unique(stacks.flatMap(inResources))).toEqual(allowed.resources);
});

test('provider blocks take credentials from sensitive variables only', () => {
  const found = stacks.flatMap(({ provider = {} }) =>
    Object.entries(provider).flatMap(([name, block]) =>
      pathsOfStrings(block, variable).map((path) => `${name}.${path}`),
    ),
  );
  expect(unique(found)).toEqual(allowed.providers);
});

test('only the user data of link gateways holds a key', () => {
  const found = stacks.flatMap(({ locals = {} }) =>
    Object.entries(locals).flatMap(([name, value]) => (pathsOfStrings(value, variable).length > 0 ? [name] : [])),
  );
  expect(unique(found.map((name) => name.replace(/^gateways-\w+-[ab]-/, 'gateways-SITE-HALF-')))).toEqual(
    allowed.locals,
  );
});

test('every variable is sensitive and has no default', () => {
  for (const stack of stacks)
    for (const [name, declared] of Object.entries(stack.variable ?? {}))
      expect([name, declared.sensitive, declared.default]).toEqual([name, true, undefined]);
});

test('outputs and data sources hold no secret', () => {
  for (const { output, data } of stacks) expect(pathsOfStrings({ output, data }, variable)).toEqual([]);
});

test('nothing that looks like a key is written down', () => {
  const keyMaterial = /-----BEGIN|AKIA[0-9A-Z]{16}|"private_key"|AIza[0-9A-Za-z_-]{30}/;
  for (const stack of stacks) expect(pathsOfStrings(stack, keyMaterial)).toEqual([]);
});
