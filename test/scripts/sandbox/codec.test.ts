import { decode, encode } from '../../../scripts/sandbox/codec';
import {
  Dynamic,
  fromJson,
  Precise,
  toJson,
  Unknown,
  UNKNOWN,
  type Type,
  type Value,
} from '../../../scripts/sandbox/values';

const object: Type = ['object', { s: 'string', n: 'number', l: ['list', 'bool'], m: ['map', 'string'], d: 'dynamic' }];
const through = (value: Value, type: Type): Value => decode(encode(value, type), type);

describe('values on the wire', () => {
  it.each<[string, Value, Type]>([
    ['null', null, 'string'],
    ['a text', 'a', 'string'],
    ['a fraction', 1.5, 'number'],
    ['an unknown value', UNKNOWN, 'string'],
    ['an unknown element', ['a', UNKNOWN], ['set', 'string']],
    ['a value of an open type', new Dynamic(['list', 'string'], ['a']), 'dynamic'],
    ['an object', { s: 'a', n: 1, l: [true], m: { k: 'v' }, d: null }, object],
  ])('come back as they were: %s', (_, value, type) => {
    expect(through(value, type)).toEqual(value);
  });

  it('keep refinements of an unknown value byte for byte', () => {
    const refined = new Unknown(12, Uint8Array.of(129, 1, 194));
    expect(through(refined, 'string')).toEqual(refined);
  });

  it('keep numbers that a double cannot hold', () => {
    expect(through(new Precise('123456789012345678901234567890'), 'number')).toEqual(
      new Precise('123456789012345678901234567890'),
    );
    expect(fromJson(toJson({ n: new Precise('1e400') }))).toEqual({ n: new Precise('1e400') });
  });

  it('take the type that the schema says where an adapter answers another', () => {
    expect(through(5, 'string')).toBe('5');
    expect(through('5', 'number')).toBe(5);
    expect(through('true', 'bool')).toBe(true);
  });
});
