import { renderTo, renderers } from '../../../../scripts/review/render/renderers';
import { recordedContext } from '../../../support/cli';
import { fullReport, withText } from './reports';

const steering = '\u001b[2J\u001b[31mgone\u0007 \u202egnp.exe \u200b\u0085';

it.each(Object.keys(renderers) as (keyof typeof renderers)[])(
  '%s lets no text steer a terminal or turn its reader round',
  (format) => {
    const text = renderTo(
      format,
      withText(fullReport, () => steering),
      recordedContext(),
    );
    expect(text).toMatch(format === 'json' ? /\\u001b\[2J/ : /<U\+202E>|&lt;U\+202E&gt;/);
    expect(text).not.toMatch(format === 'json' ? /\u001b/ : /[\u001b\u0007\u0085\u202e]/);
  },
);
