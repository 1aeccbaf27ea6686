/** Colours meet 4.5:1 on their ground in both schemes; what a class is, its sign and words say too. */
export const style = `
:root { color-scheme: light dark; --text: #1f2328; --quiet: #59636e; --page: #ffffff; --panel: #f6f8fa; --frame: #818b98;
  --bad: #a40e26; --good: #116329; --focus: #0550ae; --add: #dafbe1; --del: #ffebe9; }
@media screen and (prefers-color-scheme: dark) {
  :root { --text: #f0f6fc; --quiet: #b1bac4; --page: #0d1117; --panel: #151b23; --frame: #767f8a;
    --bad: #ff9492; --good: #57ab5a; --focus: #6cb6ff; --add: #12261e; --del: #2d1214; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1240px; padding: 16px; color: var(--text); background: var(--page);
  font: 15px/1.45 system-ui, "DejaVu Sans", Helvetica, Arial, sans-serif; }
h1 { font-size: 22px; } h2 { font-size: 18px; margin: 28px 0 8px; }
code, pre { font: 13px/1.4 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
pre { background: var(--panel); border: 1px solid var(--frame); border-radius: 4px; padding: 8px; overflow-x: auto; white-space: pre-wrap; }
pre ins { background: var(--add); text-decoration: none; } pre del { background: var(--del); text-decoration: none; }
table { border-collapse: collapse; } th, td { text-align: left; padding: 3px 14px 3px 0; vertical-align: top; }
td.number, th.number { text-align: right; }
.verdict { font-weight: 600; } .decide { color: var(--bad); } .fine { color: var(--good); }
.quiet { color: var(--quiet); }
#filter { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px 16px; padding: 8px 0;
  background: var(--page); border-bottom: 1px solid var(--frame); }
#filter[hidden], [hidden] { display: none; }
input, select, button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--frame); border-radius: 4px; padding: 4px 8px; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; }
details { border: 1px solid var(--frame); border-radius: 4px; padding: 4px 10px; margin: 6px 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
li.open { border-left: 4px solid var(--bad); padding-left: 8px; margin: 8px 0; }
ul.findings { list-style: none; padding: 0; }
figure { margin: 16px 0; max-height: 80vh; overflow: auto; border: 1px solid var(--frame); } figure svg { display: block; }
@media print {
  body { max-width: none; padding: 0; } #filter { display: none; }
  figure { max-height: none; overflow: visible; border: 0; } figure svg { max-width: 100%; height: auto; }
  details { border: 0; padding: 0; } .change { break-inside: avoid; } a { color: inherit; }
}
`;

/**
 * Filters what the page shows by the words that its elements carry; nothing of the review is in here. Printing unfolds
 * everything.
 */
export const script = `
const by = (id) => document.getElementById(id);
const changes = [...document.querySelectorAll('.change')];
const groups = [...document.querySelectorAll('.class')];
const selects = ['risk', 'stack', 'site'].map(by);
const matches = (one, words) =>
  selects.every(({ id, value }) => value === '' || (one.getAttribute('data-' + id) ?? '').split(' ').includes(value)) &&
  words.every((word) => one.textContent.toLowerCase().includes(word));
const apply = () => {
  const words = by('find').value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const one of changes) one.hidden = !matches(one, words);
  for (const group of groups) group.hidden = group.querySelector('.change:not([hidden])') === null;
  by('found').textContent = changes.filter((one) => !one.hidden).length + ' of ' + changes.length + ' changes';
};
const unfold = (open) => changes.forEach((one) => (one.open = open));
by('find').addEventListener('input', apply);
for (const select of selects) select.addEventListener('change', apply);
by('unfold').addEventListener('click', () => {
  const open = by('unfold').getAttribute('aria-pressed') !== 'true';
  by('unfold').setAttribute('aria-pressed', String(open));
  unfold(open);
});
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && event.target.tagName !== 'INPUT') { event.preventDefault(); by('find').focus(); }
  if (event.key === 'Escape' && event.target === by('find')) { by('find').value = ''; apply(); }
});
let before = [];
addEventListener('beforeprint', () => { before = changes.map((one) => one.open); unfold(true); });
addEventListener('afterprint', () => changes.forEach((one, index) => (one.open = before[index])));
by('filter').hidden = false;
apply();
`;
