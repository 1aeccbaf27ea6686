import { makeDetails } from './details.mjs';
import { makeFolding } from './folding.mjs';
import { makeKeyboard } from './keyboard.mjs';
import { makeSearch } from './search.mjs';
import { makeZoom } from './zoom.mjs';

const map = JSON.parse(document.getElementById('map-data').textContent);
const view = document.getElementById('view');
const svg = view.querySelector('svg');
const elements = new Map([...svg.querySelectorAll('[data-id]')].map((element) => [element.dataset.id, element]));
const byId = new Map(map.boxes.map((box) => [box.id, box]));

const folding = makeFolding(map, svg, elements);
const zoom = makeZoom(map, svg, view);
const details = makeDetails(map, elements);
const unfold = ({ id, fold }) => fold && !folding.isUnfolded(id) && folding.set([id], true);
const keyboard = makeKeyboard(map, elements, {
  activate,
  unfold,
  isShown: ({ hiddenIn }) => !hiddenIn || folding.isUnfolded(hiddenIn),
  close: () => details.close(),
});
const search = makeSearch(map, svg, elements, goTo);

/** What a click or Enter does. */
function activate(box) {
  if (box.fold) folding.set([box.id], !folding.isUnfolded(box.id));
  details.open(box);
}

/** Shows a box wherever it is, and what it is. */
function goTo(box) {
  if (box.hiddenIn) unfold(byId.get(box.hiddenIn));
  details.open(box);
  elements.get(box.id).scrollIntoView({ block: 'center', inline: 'center' });
}

let pressedAt;
view.addEventListener('pointerdown', ({ clientX, clientY }) => (pressedAt = [clientX, clientY]));
svg.addEventListener('click', (event) => {
  const [x, y] = pressedAt ?? [event.clientX, event.clientY];
  // The end of a drag is no click.
  if (Math.hypot(event.clientX - x, event.clientY - y) > 4) return;
  const box = byId.get(event.target.closest('.box')?.dataset.id);
  if (!box) return;
  keyboard.moveTo(box);
  activate(box);
});

const unfoldAll = document.getElementById('unfold');
unfoldAll.hidden = folding.fleets.length === 0;
unfoldAll.addEventListener('click', () => {
  const isUnfolded = unfoldAll.getAttribute('aria-pressed') !== 'true';
  folding.set(folding.fleets, isUnfolded);
  unfoldAll.setAttribute('aria-pressed', isUnfolded);
});
for (const act of ['in', 'out', 'fit']) document.getElementById(`zoom-${act}`).addEventListener('click', zoom[act]);
for (const link of document.querySelectorAll('[data-goto]'))
  link.addEventListener('click', () => {
    const box = byId.get(link.dataset.goto);
    goTo(box);
    keyboard.moveTo(box);
  });

const shortcuts = { '+': zoom.in, '-': zoom.out, 0: zoom.fit, '/': search.focus };
document.addEventListener('keydown', (event) => {
  if (event.target.matches('input') || event.ctrlKey || event.altKey || event.metaKey) return;
  const act = shortcuts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.getElementById('tools').hidden = false;
zoom.start();
