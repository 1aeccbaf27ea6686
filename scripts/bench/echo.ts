import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, encode, fromState } from '../sandbox/codec';
import { type ProviderFacts, type TypeFacts, isLegacy, protocolOf } from '../sandbox/facts';
import { listen } from '../sandbox/grpc';
import { planOf } from '../sandbox/plan';
import { type Call, type CallName, callsOf } from '../sandbox/protocol';
import { schemaMessage, typeOfBlock, withBlocks } from '../sandbox/schema';
import type { WireRequest } from '../sandbox/service';
import { type Fields, type Type, UNKNOWN, type Value, isFields, isList, isUnknown } from '../sandbox/values';

/** Providers that know their schema and nothing else: what is asked for is what there is. */
export interface Echo {
  /** For `TF_REATTACH_PROVIDERS`, of one version of each provider. @param version of a provider by its name in small letters */
  reattach(version: (provider: string) => string | undefined): string;
  close(): Promise<void>;
}

type Answers = Readonly<Partial<Record<CallName, (request: WireRequest) => object>>>;

/** Serves each of the facts on a unix socket. */
export async function startEcho(all: readonly ProviderFacts[]): Promise<Echo> {
  const folder = mkdtempSync(join(tmpdir(), 'watari-echo-'));
  const served = await Promise.all(
    all.map(async (facts, index) => {
      const socket = join(folder, String(index));
      const [calls, answers] = [callsOf(protocolOf(facts)), answersOf(facts)];
      const server = await listen(socket, ({ path, message }) =>
        Promise.resolve(reply(calls.get(path), answers, message)),
      );
      return { facts, socket, server };
    }),
  );
  const isNamed = (item: Served, version?: string): boolean => version?.includes(item.facts.version) ?? false;
  // Of several versions the one that is named, else the last.
  const chosen = (version: (provider: string) => string | undefined): Served[] => {
    const byName = new Map<string, Served>();
    for (const item of served) {
      const name = item.facts.provider.toLowerCase();
      const known = byName.get(name);
      if (!known || !isNamed(known, version(name))) byName.set(name, item);
    }
    return [...byName.values()];
  };
  return {
    reattach: (version) => JSON.stringify(Object.fromEntries(chosen(version).flatMap(recordsOf))),
    close: async () => {
      for (const { server } of served) server.close();
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

interface Served {
  readonly facts: ProviderFacts;
  readonly socket: string;
}

/** Terraform looks providers up under its own registry, OpenTofu under its own. */
function recordsOf({ facts, socket }: Served): [string, object][] {
  const Addr = { Network: 'unix', String: socket };
  const record = { Protocol: 'grpc', ProtocolVersion: protocolOf(facts), Pid: process.pid, Test: true, Addr };
  return ['registry.terraform.io', 'registry.opentofu.org'].map((host) => [`${host}/${facts.provider}`, record]);
}

function reply(
  call: Call | undefined,
  answers: Answers,
  message: Uint8Array,
): { readonly message: Uint8Array } | undefined {
  if (!call) return undefined;
  return { message: call.encode(answers[call.name]?.(call.decode(message) as WireRequest) ?? {}) };
}

function answersOf(facts: ProviderFacts): Answers {
  const schema = schemaMessage(facts);
  const resource = (name: string): TypeFacts => facts.resources[name] as TypeFacts;
  return {
    schema: () => schema,
    prepare: ({ config }) => ({ prepared_config: config }),
    upgrade: ({ type_name, raw_state }) => ({ upgraded_state: upgraded(resource(type_name), raw_state?.json) }),
    read: ({ current_state }) => ({ new_state: current_state }),
    plan: (request) => planned(resource(request.type_name), request),
    apply: ({ type_name, planned_state }) => {
      const type = resource(type_name);
      return { new_state: known(type, planned_state), legacy_type_system: isLegacy(type) };
    },
    readData: ({ type_name, config }) => ({ state: answered(facts.data_sources?.[type_name] as TypeFacts, config) }),
  };
}

function upgraded(type: TypeFacts, json: Uint8Array | undefined): object {
  const wire = typeOfBlock(type.block);
  const state = fromState(json ? JSON.parse(Buffer.from(json).toString()) : null, wire);
  return encode(withBlocks(type.block, isFields(state) ? state : {}), wire);
}

function planned(type: TypeFacts, { prior_state, proposed_new_state, config }: WireRequest): object {
  const wire = typeOfBlock(type.block);
  const [prior, proposed, given] = [prior_state, proposed_new_state, config].map((value) => decode(value, wire));
  if (!isFields(proposed) || !isFields(given)) return { planned_state: proposed_new_state };
  const state = planOf(type, { prior: isFields(prior) ? prior : null, proposed, config: given });
  const full = isFields(prior) ? state : { ...state, ...observedBlocks(type, state) };
  return { planned_state: encode(full, wire), legacy_type_system: isLegacy(type) };
}

/** Blocks that nobody has asked for and the cloud writes itself: known when they are made, as the older SDK may say. */
function observedBlocks(type: TypeFacts, state: Fields): Fields {
  const blocks = Object.entries(type.block.block_types ?? {}).filter(([name, { nesting_mode: mode, block }]) => {
    const isObserved = Object.values(block.attributes ?? {}).some(({ computed, optional }) => computed && !optional);
    const current = state[name];
    return isLegacy(type) && mode === 'list' && isObserved && isList(current) && current.length === 0;
  });
  return Object.fromEntries(blocks.map(([name]) => [name, UNKNOWN]));
}

function known(type: TypeFacts, state: WireRequest['planned_state']): object {
  const wire = typeOfBlock(type.block);
  const value = decode(state, wire);
  return encode(isFields(value) ? filled(value, wire) : value, wire);
}

/** A data source has what it was asked for, and an echo for everything else; it finds one of what it looks for. */
function answered(type: TypeFacts, config: WireRequest['config']): object {
  const wire = typeOfBlock(type.block);
  const asked = decode(config, wire);
  const fields: Fields = withBlocks(type.block, isFields(asked) ? asked : {});
  const full = Object.entries(type.block.attributes ?? {}).map(([name, { computed }]): [string, Value] => [
    name,
    fields[name] === null && computed ? onlyOne(echo(fieldType(wire, name))) : (fields[name] ?? null),
  ]);
  return encode({ ...fields, ...Object.fromEntries(full) }, wire);
}

const onlyOne = (value: Value): Value => (isList(value) ? value.slice(0, 1) : value);

function filled(value: Value, type: Type): Value {
  if (isUnknown(value)) return echo(type);
  if (isList(value)) return value.map((item) => filled(item, typeof type === 'string' ? type : (type[1] as Type)));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item, fieldType(type, name))]));
}

function fieldType(type: Type, name: string): Type {
  if (typeof type === 'string') return type;
  if (type[0] === 'map') return type[1];
  return type[0] === 'object' ? (type[1][name] ?? 'string') : 'string';
}

/** Something of a type; two of a list, since gateways come in pairs, and texts that may stand for an address as well. */
function echo(type: Type): Value {
  if (type === 'number') return 1;
  if (type === 'bool') return false;
  if (typeof type === 'string') return '192.0.2.1';
  if (type[0] === 'list') return [echo(type[1]), echo(type[1])];
  if (type[0] === 'set') return [echo(type[1])];
  if (type[0] === 'object')
    return Object.fromEntries(Object.entries(type[1]).map(([name, member]) => [name, echo(member)]));
  return type[0] === 'map' ? {} : [];
}
