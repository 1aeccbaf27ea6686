import { type Enrolled, type Names, cost, longNames, owner, plainNames } from '../support/example-site';
import { type Attributes, type Emitted, type StackJson, emittedBy, leavesOf } from '../support/emitted';
import { attributesWhere, factsOfAdapter, factsOfStack, typeFactsOf, withoutIndices } from '../support/provider-facts';
import { examplePlatform, stacksIn, textsOf } from '../support/synthesised';
import { matches } from '../../scripts/sandbox/formats';
import { expectKept } from './deviations';
import { enrolled } from './enrolled';

const stacksOf = (entry: Enrolled, names: Names) => stacksIn(textsOf(examplePlatform(entry, names)));
const made = new Map(
  enrolled.map((entry) => [entry.title, { plain: stacksOf(entry, plainNames), long: stacksOf(entry, longNames) }]),
);

describe.each(enrolled)('resources of $title', (entry) => {
  const { plain: stacks = [], long = [] } = made.get(entry.title) ?? {};
  const facts = factsOfAdapter(entry.name);
  /** Something about every emitted object, with its schema. */
  const each = <T>(of: readonly StackJson[], test: (one: Emitted, stack: StackJson) => T[]): T[] =>
    of.flatMap((stack) => emittedBy(stack).flatMap((one) => (isState(one) ? [] : test(one, stack))));

  it('uses only Terraform providers whose schema facts stand in its folder', () => {
    const unknown = stacks.flatMap((stack) => {
      const known = factsOfStack(stack, facts);
      return Object.keys(stack.terraform.required_providers ?? {}).filter((name) => !known[name]);
    });
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('emits only types of the version that the stack asks for', () => {
    const unknown = each(stacks, (one, stack) => (typeFactsOf(one, factsOfStack(stack, facts)) ? [] : [one.type]));
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('emits only arguments of the version that the stack asks for', () => {
    const unknown = each(stacks, (one, stack) => {
      const block = typeFactsOf(one, factsOfStack(stack, facts))?.block;
      const known = [
        ...Object.keys(block?.attributes ?? {}),
        ...Object.keys(block?.block_types ?? {}),
        ...metaArguments,
      ];
      return Object.keys(one.config).flatMap((name) => (known.includes(name) ? [] : [`${one.type}.${name}`]));
    });
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('plays every resource type in the sandbox as its cloud does', () => {
    const played = entry.provider.simulations.flatMap(({ resources, dataSources = {} }) => [
      ...Object.keys(resources),
      ...Object.keys(dataSources).map((type) => `data.${type}`),
    ]);
    const used = each(stacks, ({ mode, type }) => [mode === 'data' ? `data.${type}` : type]);
    const echoed = [...new Set(used)].filter(
      (type) => !played.includes(type) && !played.includes(type.replace('data.', '')),
    );
    expectKept('simulated', entry.title, echoed);
  });

  it('keeps the longest names within what each type takes', () => {
    const wrong = each(long, (one, stack) => {
      const rules = typeFactsOf(one, factsOfStack(stack, facts))?.rules ?? {};
      return leavesOf(one.config).flatMap(({ path, value }) => {
        const rule = rules[withoutIndices(path)];
        if (!rule || typeof value !== 'string' || value.includes('${')) return [];
        const fits = value.length <= (rule.max_length ?? Infinity) && value.length >= (rule.min_length ?? 0);
        return fits && (rule.pattern === undefined || matches(rule.pattern, value))
          ? []
          : [`${one.type}.${path}: ${value}`];
      });
    });
    expect(wrong).toEqual([]);
  });

  it('keeps names apart that are cut', () => {
    const plain = namesOf(stacks);
    expect(namesOf(long).length).toBe(plain.length);
    expect(new Set(namesOf(long)).size).toBe(new Set(plain).size);
  });

  it('labels everything that can be labelled with platform, site, owner and cost', () => {
    const bare = each(stacks, (one, stack) => {
      const block = typeFactsOf(one, factsOfStack(stack, facts))?.block;
      const argument = labelArguments.find((name) => isMap(block?.attributes?.[name]));
      if (one.mode === 'data' || !argument) return [];
      const given = [...Object.values((one.config[argument] ?? {}) as Attributes), ...defaultLabels(stack)];
      return labels.every((label) => given.includes(label)) ? [] : [`${one.type}.${argument}`];
    });
    expectKept('labels', entry.title, [...new Set(bare)]);
  });

  it('writes no secret, neither by the look of it nor where the schema calls a value sensitive', () => {
    const wrong = each(stacks, (one, stack) => {
      const block = typeFactsOf(one, factsOfStack(stack, facts))?.block ?? {};
      return literalSecrets(one.config, block).map((path) => `${one.address} ${path}`);
    });
    const providers = stacks.flatMap((stack) =>
      Object.entries(stack.provider ?? {}).flatMap(([name, blocks]) =>
        literalSecrets(blocks[0] ?? {}, factsOfStack(stack, facts)[name]?.provider_config ?? {}).map(
          (path) => `${name} ${path}`,
        ),
      ),
    );
    expect([...wrong, ...providers]).toEqual([]);
  });

  it('marks every variable sensitive that holds a secret', () => {
    const open = stacks.flatMap((stack) => {
      const used = sensitiveReferences(stack, (one) => typeFactsOf(one, factsOfStack(stack, facts))?.block ?? {});
      return Object.entries(stack.variable ?? {})
        .filter(([name]) => secretName.test(name) || used.includes(name))
        .flatMap(([name, { sensitive }]) => (sensitive === true ? [] : [name]));
    });
    expect([...new Set(open)]).toEqual([]);
  });

  it('says of every variable what it is for', () => {
    const silent = stacks.flatMap((stack) =>
      Object.entries(stack.variable ?? {}).flatMap(([name, { description }]) =>
        description || /^key_\d$/.test(name) ? [] : [name],
      ),
    );
    expect([...new Set(silent)]).toEqual([]);
  });
});

const labels = [plainNames.platform, plainNames.site, owner, cost];
const labelArguments = ['labels', 'tags', 'user_labels'];
const metaArguments = ['provider', 'lifecycle', 'depends_on', 'count', 'for_each', 'provisioner', 'connection'];
const secretName = /secret|password|passphrase|token|api_key|private_key/i;
const keyMaterial = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bxox[bp]-|\bghp_\w{30}/;

/** The state of another stack is no object of a provider. */
const isState = ({ type }: Emitted): boolean => type === 'terraform_remote_state' || type === 'terraform_data';

function isMap(attribute: { readonly type?: unknown; readonly optional?: boolean } | undefined): boolean {
  return Array.isArray(attribute?.type) && attribute.type[0] === 'map' && attribute.optional === true;
}

function defaultLabels({ provider = {} }: StackJson): unknown[] {
  const blocks = Object.values(provider).flat();
  return blocks.flatMap((block) =>
    leavesOf([block['default_tags'], block['default_labels']]).map(({ value }) => value),
  );
}

function namesOf(stacks: readonly StackJson[]): string[] {
  return stacks.flatMap((stack) =>
    emittedBy(stack).flatMap(({ type, config }) =>
      typeof config['name'] === 'string' && !isState({ type } as Emitted) ? [`${type} ${config['name']}`] : [],
    ),
  );
}

function literalSecrets(config: Attributes, block: Parameters<typeof attributesWhere>[0]): string[] {
  const sensitive = attributesWhere(block, (attribute) => attribute.sensitive === true);
  return leavesOf(config).flatMap(({ path, value }) => {
    if (typeof value !== 'string' || value === '') return [];
    const isLiteral = sensitive.includes(withoutIndices(path)) && !value.includes('${');
    return isLiteral || keyMaterial.test(value) ? [path] : [];
  });
}

function sensitiveReferences(
  stack: StackJson,
  blockOf: (one: Emitted) => Parameters<typeof attributesWhere>[0],
): string[] {
  return emittedBy(stack).flatMap((one) => {
    const sensitive = attributesWhere(blockOf(one), (attribute) => attribute.sensitive === true);
    const held = leavesOf(one.config).filter(({ path }) => sensitive.includes(withoutIndices(path)));
    return held.flatMap(({ value }) => [...String(value).matchAll(/var\.(\w+)/g)].map(([, name = '']) => name));
  });
}
