/** Finds boxes by what they are called and what they are; Enter goes from one to the next. */
export function makeSearch(map, svg, elements, goTo) {
  const input = document.getElementById('find');
  const status = document.getElementById('found');
  const texts = map.boxes.map((box) => ({ box, text: textOf(box) }));
  let hits = [];
  let place = -1;

  function search() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    hits = words.length === 0 ? [] : texts.filter(({ text }) => words.every((word) => text.includes(word)));
    hits = hits.map(({ box }) => box);
    place = -1;
    svg.classList.toggle('searching', words.length > 0);
    const shown = new Set(hits.flatMap(({ id, hiddenIn }) => [id, hiddenIn]));
    for (const { id } of map.boxes) elements.get(id).classList.toggle('hit', shown.has(id));
    status.textContent = words.length === 0 ? '' : `${hits.length} found`;
  }

  function next(by) {
    if (hits.length === 0) return;
    place = (place + by + hits.length) % hits.length;
    status.textContent = `${place + 1} of ${hits.length}`;
    goTo(hits[place]);
  }

  input.addEventListener('input', search);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') next(event.shiftKey ? -1 : 1);
    if (event.key === 'Escape') {
      input.value = '';
      search();
    }
  });
  return { focus: () => input.focus() };
}

function textOf({ label, details, mark }) {
  return [label, mark?.mark ?? '', ...(mark?.reasons ?? []), ...details.flat()].join('\n').toLowerCase();
}
