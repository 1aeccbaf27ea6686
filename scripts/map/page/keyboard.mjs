/** One stop for the Tab key; arrows go through the boxes as they hold each other. */
export function makeKeyboard(map, elements, { activate, isShown, unfold, close }) {
  const byId = new Map(map.boxes.map((box) => [box.id, box]));
  let stop = map.boxes[0];
  if (stop) elements.get(stop.id).setAttribute('tabindex', 0);

  function moveTo(box) {
    if (!box) return;
    elements.get(stop.id).setAttribute('tabindex', -1);
    stop = box;
    const element = elements.get(box.id);
    element.setAttribute('tabindex', 0);
    element.focus();
  }

  const siblings = (box) => map.boxes.filter((one) => one.parent === box.parent && isShown(one));
  const beside = (box, by) => siblings(box)[siblings(box).indexOf(box) + by];
  const inside = (box) => {
    unfold(box);
    return map.boxes.find((one) => one.parent === box.id && isShown(one));
  };
  const keys = {
    ArrowDown: (box) => moveTo(beside(box, 1)),
    ArrowUp: (box) => moveTo(beside(box, -1)),
    ArrowRight: (box) => moveTo(inside(box)),
    ArrowLeft: (box) => moveTo(byId.get(box.parent)),
    Home: (box) => moveTo(siblings(box)[0]),
    End: (box) => moveTo(siblings(box).at(-1)),
    Enter: activate,
    ' ': activate,
    Escape: close,
  };
  for (const box of map.boxes) {
    const element = elements.get(box.id);
    element.addEventListener('keydown', (event) => {
      const act = keys[event.key];
      if (!act || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      act(box);
    });
    element.addEventListener('focus', () => element.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
  }
  return { moveTo };
}
