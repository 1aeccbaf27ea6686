import { stretch } from './stretch.mjs';

/** Unfolds fleets in place. */
export function makeFolding(map, svg, elements) {
  const unfolded = new Set();
  const fleets = map.boxes.filter(({ fold }) => fold).map(({ id }) => id);

  function draw() {
    const placed = stretch(map, unfolded);
    for (const box of map.boxes) {
      const element = elements.get(box.id);
      const { y, height } = placed.boxes.get(box.id);
      element.setAttribute('transform', `translate(${box.x} ${y})`);
      element.querySelector('rect').setAttribute('height', height);
      if (box.hiddenIn) element.classList.toggle('hidden', !unfolded.has(box.hiddenIn));
      if (box.fold) showFold(element, unfolded.has(box.id));
    }
    for (const [id, points] of placed.lines) elements.get(id).setAttribute('d', `M${points.join('L')}`);
    svg.setAttribute('viewBox', `0 0 ${map.width} ${placed.height}`);
    svg.querySelector('.page').setAttribute('height', placed.height);
    svg.dispatchEvent(new CustomEvent('resized', { detail: { height: placed.height } }));
  }

  return {
    fleets,
    isUnfolded: (id) => unfolded.has(id),
    set(ids, isUnfolded) {
      for (const id of ids) {
        if (isUnfolded) unfolded.add(id);
        else unfolded.delete(id);
      }
      draw();
    },
  };
}

function showFold(element, isUnfolded) {
  element.setAttribute('aria-expanded', isUnfolded);
  element.querySelector('.knob').textContent = isUnfolded ? '▾' : '▸';
}
