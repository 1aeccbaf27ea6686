import { contentIdOf } from '../../../images/kit/content-id';

const id = (parts: Readonly<Record<string, string>>) => contentIdOf(new Map(Object.entries(parts)));

describe('The content id', () => {
  it('has 12 hexadecimal digits', () => {
    expect(id({ file: 'text' })).toMatch(/^[0-9a-f]{12}$/);
  });

  it('is the same for the same parts in another order', () => {
    expect(id({ one: '1', two: '2' })).toBe(id({ two: '2', one: '1' }));
  });

  it('is another one for another text, another name, and text that has moved from one part to the next', () => {
    const ids = [id({ a: 'xy', b: '' }), id({ a: 'x', b: 'y' }), id({ a: 'xz', b: '' }), id({ a: 'xy', c: '' })];
    expect(new Set(ids).size).toBe(4);
  });

  it('takes bytes and text alike', () => {
    expect(contentIdOf(new Map([['file', Buffer.from('text')]]))).toBe(id({ file: 'text' }));
  });
});
