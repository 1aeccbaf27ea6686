import { parse, type Root } from 'protobufjs';

/**
 * The messages of Terraform's plugin protocol, versions 5 and 6, that a provider needs.
 * Numbers as in Terraform's `docs/plugin-protocol/tfplugin5.9.proto` and `tfplugin6.9.proto`; the two differ in `nested_type` and in names of calls.
 */
const values = (version: 5 | 6): string => `
syntax = "proto3";
message DynamicValue { bytes msgpack = 1; bytes json = 2; }
message AttributePath {
  message Step { oneof selector { string attribute_name = 1; string element_key_string = 2; int64 element_key_int = 3; } }
  repeated Step steps = 1;
}
message Diagnostic { int32 severity = 1; string summary = 2; string detail = 3; AttributePath attribute = 4; }
message RawState { bytes json = 1; map<string, string> flatmap = 2; }
message Object { repeated Attribute attributes = 1; int32 nesting = 3; }
message Attribute {
  string name = 1; bytes type = 2; string description = 3; bool required = 4; bool optional = 5; bool computed = 6;
  bool sensitive = 7; int32 description_kind = 8; bool deprecated = 9;
  ${version === 6 ? 'Object nested_type = 10; bool write_only = 11;' : 'bool write_only = 10;'}
}
message NestedBlock { string type_name = 1; Block block = 2; int32 nesting = 3; int64 min_items = 4; int64 max_items = 5; }
message Block {
  int64 version = 1; repeated Attribute attributes = 2; repeated NestedBlock block_types = 3;
  string description = 4; int32 description_kind = 5; bool deprecated = 6;
}
message Schema { int64 version = 1; Block block = 2; }
message ServerCapabilities { bool plan_destroy = 1; bool get_provider_schema_optional = 2; bool move_resource_state = 3; }
message ClientCapabilities { bool deferral_allowed = 1; bool write_only_attributes_allowed = 2; }
message Empty {}
`;

const requests = `
message GetSchema {
  Schema provider = 1; map<string, Schema> resource_schemas = 2; map<string, Schema> data_source_schemas = 3;
  repeated Diagnostic diagnostics = 4; ServerCapabilities server_capabilities = 6;
}
message Prepare { DynamicValue config = 1; }
message Prepared { DynamicValue prepared_config = 1; repeated Diagnostic diagnostics = 2; }
message Typed { string type_name = 1; DynamicValue config = 2; ClientCapabilities client_capabilities = 3; }
message Diagnosed { repeated Diagnostic diagnostics = 1; }
message Upgrade { string type_name = 1; int64 version = 2; RawState raw_state = 3; }
message Upgraded { DynamicValue upgraded_state = 1; repeated Diagnostic diagnostics = 2; }
message Configure { string terraform_version = 1; DynamicValue config = 2; }
message Read { string type_name = 1; DynamicValue current_state = 2; bytes private = 3; }
message ReadAnswer { DynamicValue new_state = 1; repeated Diagnostic diagnostics = 2; bytes private = 3; }
message Plan {
  string type_name = 1; DynamicValue prior_state = 2; DynamicValue proposed_new_state = 3; DynamicValue config = 4; bytes prior_private = 5;
}
message Planned {
  DynamicValue planned_state = 1; repeated AttributePath requires_replace = 2; bytes planned_private = 3;
  repeated Diagnostic diagnostics = 4; bool legacy_type_system = 5;
}
message Apply {
  string type_name = 1; DynamicValue prior_state = 2; DynamicValue planned_state = 3; DynamicValue config = 4; bytes planned_private = 5;
}
message Applied { DynamicValue new_state = 1; bytes private = 2; repeated Diagnostic diagnostics = 3; bool legacy_type_system = 4; }
message Import { string type_name = 1; string id = 2; }
message Imported { string type_name = 1; DynamicValue state = 2; bytes private = 3; }
message ImportAnswer { repeated Imported imported_resources = 1; repeated Diagnostic diagnostics = 2; }
message Move {
  string source_provider_address = 1; string source_type_name = 2; int64 source_schema_version = 3; RawState source_state = 4;
  string target_type_name = 5; bytes source_private = 6;
}
message Moved { DynamicValue target_state = 1; repeated Diagnostic diagnostics = 2; bytes target_private = 3; }
message ReadData { string type_name = 1; DynamicValue config = 2; }
message DataAnswer { DynamicValue state = 1; repeated Diagnostic diagnostics = 2; }
message Functions { repeated Diagnostic diagnostics = 2; }
message Stopped { string Error = 1; }
`;

/** Calls by the name that the sandbox gives them: name in protocol 5, name in 6, request, answer. */
const CALLS = {
  schema: ['GetSchema', 'GetProviderSchema', 'Empty', 'GetSchema'],
  prepare: ['PrepareProviderConfig', 'ValidateProviderConfig', 'Prepare', 'Prepared'],
  validate: ['ValidateResourceTypeConfig', 'ValidateResourceConfig', 'Typed', 'Diagnosed'],
  validateData: ['ValidateDataSourceConfig', 'ValidateDataResourceConfig', 'Typed', 'Diagnosed'],
  upgrade: ['UpgradeResourceState', 'UpgradeResourceState', 'Upgrade', 'Upgraded'],
  configure: ['Configure', 'ConfigureProvider', 'Configure', 'Diagnosed'],
  read: ['ReadResource', 'ReadResource', 'Read', 'ReadAnswer'],
  plan: ['PlanResourceChange', 'PlanResourceChange', 'Plan', 'Planned'],
  apply: ['ApplyResourceChange', 'ApplyResourceChange', 'Apply', 'Applied'],
  import: ['ImportResourceState', 'ImportResourceState', 'Import', 'ImportAnswer'],
  move: ['MoveResourceState', 'MoveResourceState', 'Move', 'Moved'],
  readData: ['ReadDataSource', 'ReadDataSource', 'ReadData', 'DataAnswer'],
  functions: ['GetFunctions', 'GetFunctions', 'Empty', 'Functions'],
  stop: ['Stop', 'StopProvider', 'Empty', 'Stopped'],
} as const;

export type CallName = keyof typeof CALLS;

/** One call of the protocol: its path on the wire and how its messages are read and written. */
export interface Call {
  readonly name: CallName;
  readonly path: string;
  decode(bytes: Uint8Array): unknown;
  encode(message: object): Uint8Array;
  /** The other side, for who asks a real provider. */
  encodeRequest(message: object): Uint8Array;
  decodeAnswer(bytes: Uint8Array): unknown;
}

const roots = new Map<5 | 6, Root>();

/** The calls of one version of the protocol, by their path. */
export function callsOf(version: 5 | 6): ReadonlyMap<string, Call> {
  const root = roots.get(version) ?? parse(values(version) + requests, { keepCase: true }).root;
  roots.set(version, root);
  const names = Object.keys(CALLS) as CallName[];
  return new Map(names.map((name) => callOf(root, version, name)).map((call) => [call.path, call]));
}

function callOf(root: Root, version: 5 | 6, name: CallName): Call {
  const [five, six, request, answer] = CALLS[name];
  const requestType = root.lookupType(request);
  const answerType = root.lookupType(answer);
  return {
    name,
    path: `/tfplugin${version}.Provider/${version === 5 ? five : six}`,
    decode: (bytes) => requestType.toObject(requestType.decode(bytes), { longs: Number }),
    encode: (message) => answerType.encode(answerType.fromObject(message)).finish(),
    encodeRequest: (message) => requestType.encode(requestType.fromObject(message)).finish(),
    decodeAnswer: (bytes) => answerType.toObject(answerType.decode(bytes), { longs: Number }),
  };
}
