import { maskText } from '../../../../scripts/review/values/mask';
import { visible } from '../../../../scripts/review/values/foreign';

describe('Foreign text', () => {
  it('shows characters that cannot be seen or turn the text round', () => {
    expect(visible('a\u202eb\u200bc\ufeffd\u001b[31m\u{e0041}\tx\n')).toBe(
      'a<U+202E>b<U+200B>c<U+FEFF>d<U+001B>[31m<U+E0041>\tx\n',
    );
    expect(visible('\ud800 渡り é')).toBe('<U+D800> 渡り é');
  });

  it('of a terminal loses its colours, and its secrets even where a colour parts them', () => {
    const [first, second] = ['7f3kd92hs81', 'kq0zz4m1'];
    expect(maskText(`\u001b[31mError:\u001b[0m password = "${first}\u001b[1m${second}"\r\n`)).toBe(
      'Error: password = "(sensitive)"\n',
    );
  });
});
