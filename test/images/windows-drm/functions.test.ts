import { type Node } from 'web-tree-sitter';
import { commandsOf, parse } from './powershell';
import { scripts } from './scripts';

interface Function {
  readonly name: string;
  readonly parameters: readonly string[];
}

/** Functions as a script defines them, with their parameters. */
function functionsOf(node: Node): Function[] {
  return node.descendantsOfType('function_statement').map((one) => {
    const [name, body = ''] = [one!.descendantsOfType('function_name')[0]!.text, one!.text.split(/\bparam\(/)[1]];
    const block = body.split(/\n {4}\)\n|\)\n/)[0] ?? '';
    const parameters = [...block.matchAll(/\$(\w+)/g)].map(([, parameter]) => parameter!);
    return { name, parameters };
  });
}

const modules = [...scripts].filter(([path]) => path.endsWith('.psm1'));
const everywhere = ['ErrorAction', 'Verbose'];

async function moduleFunctions(): Promise<Map<string, Function>> {
  const found = await Promise.all(modules.map(async ([, script]) => functionsOf(await parse(script))));
  return new Map(found.flat().map((one) => [one.name, one]));
}

it.each(modules)('%s exports functions that it has', async (_path, script) => {
  const exported = [...(script.split('Export-ModuleMember')[1] ?? '').matchAll(/'([\w-]+)'/g)].map(([, name]) => name);
  const defined = functionsOf(await parse(script)).map(({ name }) => name);
  expect(exported).not.toEqual([]);
  expect(exported.filter((name) => !defined.includes(name!))).toEqual([]);
});

it.each([...scripts])('%s calls functions of the project with parameters that they have', async (_path, script) => {
  const node = await parse(script);
  const known = new Map([...(await moduleFunctions()), ...functionsOf(node).map((one) => [one.name, one] as const)]);
  const wrong = commandsOf(node).flatMap(({ name, text, line }) => {
    const called = known.get(name);
    if (!called) return [];
    const outside = text.replaceAll(/\{[\s\S]*\}|'[^']*'|"[^"]*"|\([^)]*\)/g, '');
    const given = [...outside.matchAll(/\s-([A-Z]\w+)/g)].map(([, parameter]) => parameter!);
    const unknown = given.filter((one) => !called.parameters.includes(one) && !everywhere.includes(one));
    return unknown.map((one) => `${line}: ${name} -${one}`);
  });
  expect(wrong).toEqual([]);
});

it('finds a parameter that a function of the project does not have', async () => {
  const functions = await moduleFunctions();
  expect(functions.get('Save-Verified')!.parameters).toEqual(['Url', 'Hash', 'Path', 'Headers', 'Seconds']);
});

it.each([...scripts])('%s imports the modules whose functions it calls', async (path, script) => {
  const node = await parse(script);
  const own = functionsOf(node).map(({ name }) => name);
  const called = new Set(commandsOf(node).map(({ name }) => name));
  for (const [module, text] of modules) {
    const file = module.split('/')[1]!;
    const exported = [...(text.split('Export-ModuleMember')[1] ?? '').matchAll(/'([\w-]+)'/g)].map(([, name]) => name!);
    const used = exported.filter((name) => called.has(name) && !own.includes(name));
    if (used.length > 0) expect([path, script]).toEqual([path, expect.stringContaining(`\\Watari\\${file}'`)]);
  }
});
