/** The panel that tells everything about one box. Texts go in as text, never as markup. */
export function makeDetails(map, elements) {
  const panel = document.getElementById('details');
  const heading = document.getElementById('details-title');
  const list = document.getElementById('details-list');
  let current;

  function select(id, isSelected) {
    elements.get(id)?.classList.toggle('selected', isSelected);
    for (const line of map.lines)
      if (line.link === id || line.site === id) elements.get(line.id).classList.toggle('selected', isSelected);
  }

  function close() {
    if (current) select(current, false);
    panel.hidden = true;
    current = undefined;
  }

  document.getElementById('details-close').addEventListener('click', () => {
    const id = current;
    close();
    elements.get(id)?.focus();
  });

  return {
    close,
    current: () => current,
    open(box) {
      close();
      current = box.id;
      select(box.id, true);
      heading.textContent = box.label;
      list.replaceChildren(...[...markRows(box), ...box.details].flatMap(([word, value]) => row(word, value)));
      panel.hidden = false;
    },
  };
}

function markRows({ mark }) {
  return mark ? [['in this change', [mark.mark, ...mark.reasons].join('; ')]] : [];
}

function row(word, value) {
  const [term, description] = [document.createElement('dt'), document.createElement('dd')];
  term.textContent = word;
  description.textContent = value;
  return [term, description];
}
