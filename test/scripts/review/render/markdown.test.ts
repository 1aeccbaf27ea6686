import MarkdownIt from 'markdown-it';
import { mostMarkdown, renderMarkdown } from '../../../../scripts/review/render/markdown';
import { riskClasses } from '../../../../scripts/review/report';
import { change, decision, fullReport, reportOf, withText } from './reports';

/** As GitHub reads a comment: tables, HTML, and addresses turned into links. */
const reader = new MarkdownIt({ html: true, linkify: true });
// Both services leave names of hosts without a scheme alone, and take ASCII alone for an address of mail.
reader.linkify.set({ fuzzyLink: false, fuzzyEmail: false }).add('//', null);
const read = (markdown: string): string => reader.render(markdown);
const outsideOfCode = (html: string): string => html.replace(/<(code|pre)[^>]*>[\s\S]*?<\/\1>/g, '');
const tagsIn = (html: string): string[] => [
  ...new Set([...html.matchAll(/<\/?([a-z][\w-]*)/gi)].map(([, name]) => name ?? '')),
];

const ours = ['h2', 'h3', 'p', 'ul', 'ol', 'li', 'strong', 'b', 'code', 'pre', 'details', 'summary', 'table', 'thead', 'tbody', 'tr', 'th', 'td']; // prettier-ignore

const hostile: readonly string[] = [
  '@everyone please see #123 and GH-7 and !9 and live/watari#5',
  '](https://evil.example) ![x](https://evil.example/p.png)',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '</code></summary></details><h1>All is well</h1>',
  'x\n\n## ✅ Nothing needs a decision\n\n/approve\n- @admin',
  '```\n# out of it\n```',
  '````` ~~~~ | a | b |\n|---|---|',
  'https://evil.example www.evil.example me@evil.example :white_check_mark: $x$',
  '<!-- watari-review: other --> --> \u2028# x\u0085/close',
  '`|` \\| \\',
];

describe('the comment of a review', () => {
  it('says first what was compared, what the verdict is, and how many changes there are of which class', () => {
    const [marker, title, , subject] = renderMarkdown(fullReport).split('\n');
    expect(marker).toBe('<!-- watari-review: reference -->');
    expect(title).toBe('## 🛑 Plan review of reference: somebody has to decide');
    expect(subject).toContain('`origin/main` (`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`)');
    expect(subject).toContain('change `96c0885c596d7392ad66`');
    expect(renderMarkdown(fullReport)).toContain('| ‼ | loss of state or data | 1 |');
  });

  it('has the moved block, the forcing attribute with both values, and the acknowledgement, ready', () => {
    const text = renderMarkdown(fullReport);
    expect(text).toContain('  moved {\n    from = aws_instance.a\n');
    expect(text).toContain('`engine`: `mysql` → `postgres` **forces the replacement**');
    expect(text).toContain('(known after apply, from aws\\_kms\\_key.main)');
    expect(text).toContain('      - cage-live/aws_db_instance.main\n');
    expect(text).toContain('reviews/reference.yaml');
  });

  it('asks for no word where nothing has to be decided', () => {
    const text = renderMarkdown(reportOf([change('aws_instance.a', 'in-place')]));
    expect(text).toContain('✅');
    expect(text).not.toMatch(/To be decided|reviews\//);
  });

  it('says what is not known of the cost before any sum', () => {
    const text = renderMarkdown(fullReport);
    expect(text.indexOf('Unknown in whole or in part')).toBeGreaterThan(0);
    expect(text).toContain('- 1: own hardware\n\n| site | currency |');
    expect(text.indexOf('Unknown in whole or in part')).toBeLessThan(text.indexOf('| all | USD |'));
  });

  it('shows the diff of a file whole, whatever fences it holds', () => {
    const html = read(renderMarkdown(fullReport));
    expect(html).toContain('<code class="language-diff">@@ -1 +1 @@\n-```\n+````\n+&lt;/details&gt;\n</code>');
  });

  it.each(hostile)('makes nothing of a foreign text but text: %j', (text) => {
    const html = read(renderMarkdown(withText(fullReport, () => text)));
    expect(tagsIn(html).filter((tag) => !ours.includes(tag))).toEqual([]);
    const plain = outsideOfCode(html).replace(/^<!-- watari-review: [\w.-]+ -->/, '');
    expect(plain).not.toMatch(/[@#!]\w|GH-\d|https?:\/\/|www\.|:white_check_mark:|<h1|<!--/);
    expect([...html.matchAll(/<h2>/g)]).toHaveLength(1);
    expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
  });

  it('gives no service an order at the start of a line', () => {
    const text = renderMarkdown(withText(fullReport, () => '/close\n/approve'));
    expect(text.split('\n').filter((line) => line.startsWith('/') || /^\s*\/approve/.test(line.slice(0, 1)))).toEqual(
      [],
    );
  });
});

describe('the comment of a change of any size', () => {
  const sizes = (text: string) => Math.max(text.length, Buffer.byteLength(text));
  const many = (count: number, text = '') =>
    riskClasses.flatMap((risk) =>
      Array.from({ length: count }, (_, index) =>
        change(`aws_instance.${risk}-${index}${text}`, risk, {
          why: `It is number ${index}.`,
          attributes: [{ path: `a${text}`, change: 'changed', before: text, after: `${text}!`, forces: true }],
        }),
      ),
    );

  it.each([1, 30, 400, 2000])('fits where each class has %d changes', (count) => {
    expect(sizes(renderMarkdown(reportOf(many(count))))).toBeLessThanOrEqual(mostMarkdown);
  });

  it.each(['渡'.repeat(5000), '`'.repeat(9000), '<&"@#'.repeat(3000), '\n'.repeat(9000)])(
    'fits where every text is long: %.5s',
    (text) => {
      const findings = Array.from({ length: 300 }, () => decision(text, { details: [text, text], addresses: [text] }));
      const report = withText({ ...reportOf(many(40, text), findings) }, () => text);
      expect(sizes(renderMarkdown(report))).toBeLessThanOrEqual(mostMarkdown);
    },
  );

  it('keeps the worst, and counts what it leaves out', () => {
    const text = renderMarkdown(reportOf(many(2000)));
    expect(text).toContain('cage-live/aws_instance.data-loss-0`');
    expect(text).toContain('| + | created | 2000 |');
    expect(text).toContain('2000, all of them, in the page and the JSON of this review');
    expect(text).toContain('Unknown in whole or in part');
  });

  it('keeps every decision before details of changes', () => {
    const findings = Array.from({ length: 100 }, (_, index) => decision(`Decide ${index}`));
    const text = renderMarkdown(reportOf(many(2000), findings));
    expect(text).toContain('**Decide 99**');
  });
});
