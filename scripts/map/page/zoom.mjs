const least = 0.1;
const most = 4;
const step = 1.25;
const legible = 0.7;

/** Sizes the drawing within the part of the page that scrolls; what is in the middle stays there. */
export function makeZoom(map, svg, view) {
  let height = map.height;
  let scale = 1;

  function set(wanted) {
    const next = Math.min(most, Math.max(least, wanted));
    const x = (view.scrollLeft + view.clientWidth / 2) / scale;
    const y = (view.scrollTop + view.clientHeight / 2) / scale;
    scale = next;
    resize();
    view.scrollTo(x * scale - view.clientWidth / 2, y * scale - view.clientHeight / 2);
  }

  function resize() {
    svg.style.width = `${map.width * scale}px`;
    svg.style.height = `${height * scale}px`;
  }

  /** As wide as there is room, at most as drawn. */
  const fitting = () => Math.min(1, view.clientWidth / map.width);
  const zoom = {
    in: () => set(scale * step),
    out: () => set(scale / step),
    fit: () => set(fitting()),
    /** On a small screen a part that can be read says more than a whole that cannot. */
    start: () => set(Math.max(legible, fitting())),
  };
  svg.addEventListener('resized', ({ detail }) => {
    height = detail.height;
    resize();
  });
  view.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      if (event.deltaY < 0) zoom.in();
      else zoom.out();
    },
    { passive: false },
  );
  dragToScroll(view);
  return zoom;
}

/** With a mouse; fingers scroll by themselves. */
function dragToScroll(view) {
  let from;
  view.addEventListener('pointerdown', ({ pointerType, clientX, clientY, button }) => {
    if (pointerType === 'mouse' && button === 0)
      from = { x: clientX, y: clientY, left: view.scrollLeft, top: view.scrollTop };
  });
  window.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (from) view.scrollTo(from.left + from.x - clientX, from.top + from.y - clientY);
  });
  window.addEventListener('pointerup', () => (from = undefined));
}
