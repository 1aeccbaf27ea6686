import { Expression, type Value, type ValueType } from './expression';

interface VariableBase<T extends ValueType> {
  readonly type: T;
  readonly description?: string;
}

/** How a variable is declared. A sensitive one has no value in the template, where anybody could read it. */
export type VariableDeclaration<T extends ValueType> = VariableBase<T> &
  (
    | {
        /** @default - the caller of Packer must give a value */
        readonly default?: Plain<T>;
        readonly sensitive?: false;
      }
    | {
        /** Hidden in Packer's output. @default - the caller of Packer must give a value */
        readonly default?: T extends 'string' ? '' : never;
        readonly sensitive: true;
      }
  );

/** A default must be known before anything is evaluated: no expressions in it. */
type Plain<T extends ValueType> = T extends 'string'
  ? string
  : T extends 'number'
    ? number
    : T extends 'bool'
      ? boolean
      : T extends 'map(string)'
        ? Readonly<Record<string, string>>
        : T extends 'list(list(string))'
          ? readonly (readonly string[])[]
          : T extends 'list(number)'
            ? readonly number[]
            : readonly string[];

/** An input of the template, and the expression `var.<name>`. */
export class Variable<T extends ValueType = ValueType> extends Expression<T> {
  constructor(
    readonly name: string,
    readonly declaration: VariableDeclaration<T>,
  ) {
    super(declaration.type, [{ hcl: `var.${name}` }], [{ scope: 'var', name }]);
  }
}

/** A value computed once, and the expression `local.<name>`. */
export class Local<T extends ValueType = ValueType> extends Expression<T> {
  constructor(
    readonly name: string,
    type: T,
    readonly value: Value<T>,
  ) {
    super(type, [{ hcl: `local.${name}` }], [{ scope: 'local', name }]);
  }
}

export function variable<T extends ValueType>(name: string, declaration: VariableDeclaration<T>): Variable<T> {
  return new Variable(name, declaration);
}

export function local<T extends ValueType>(name: string, type: T, value: Value<T>): Local<T> {
  return new Local(name, type, value);
}

const buildValue = <T extends ValueType>(name: string, type: T) =>
  new Expression(type, [{ hcl: `build.${name}` }], [{ scope: 'build', name }]);

/**
 * What a builder tells provisioners and post-processors of the machine that it made. Both releases know all of these:
 * `BuilderDataCommonKeys` in Packer's `packer/provisioner.go`.
 */
export const build = {
  ID: buildValue('ID', 'string'),
  Host: buildValue('Host', 'string'),
  Port: buildValue('Port', 'number'),
  User: buildValue('User', 'string'),
  Password: buildValue('Password', 'string'),
  ConnType: buildValue('ConnType', 'string'),
  PackerRunUUID: buildValue('PackerRunUUID', 'string'),
  PackerHTTPAddr: buildValue('PackerHTTPAddr', 'string'),
  PackerHTTPIP: buildValue('PackerHTTPIP', 'string'),
  PackerHTTPPort: buildValue('PackerHTTPPort', 'string'),
  SSHPublicKey: buildValue('SSHPublicKey', 'string'),
  SSHPrivateKey: buildValue('SSHPrivateKey', 'string'),
} as const;
