// Where things are when some fleets are unfolded: what stands below them in their column goes down, nothing else moves.

/** Places of boxes and points of lines by id, and the height of the whole. */
export function stretch(map, unfolded) {
  const cuts = map.boxes
    .filter(({ id, fold }) => fold && unfolded.has(id))
    .map(({ column, y, height, fold }) => ({ column, at: y + height, by: fold.by }));
  const moved = (column, y) =>
    cuts.reduce((sum, cut) => (cut.column === column && cut.at <= y ? sum + cut.by : sum), y);
  const byId = new Map(map.boxes.map((box) => [box.id, box]));
  const boxes = new Map(map.boxes.map((box) => [box.id, placeOf(box, byId.get(box.hiddenIn), moved)]));
  const lines = new Map(map.lines.map((line) => [line.id, bend(line, byId.get(line.site)?.column, moved)]));
  const growth = Math.max(0, ...['left', 'middle', 'right'].map((column) => moved(column, map.height) - map.height));
  return { boxes, lines, height: map.height + growth };
}

/** What a fleet hides stands with the fleet; all else is where its upper edge is, and ends where its lower edge is. */
function placeOf({ column, y, height }, fleet, moved) {
  if (fleet) return { y: moved(column, fleet.y) + y - fleet.y, height };
  const top = moved(column, y);
  return { y: top, height: moved(column, y + height) - top };
}

/** The end at the site goes with it; the rest stays. */
function bend({ points }, column, moved) {
  const [[x, y]] = points;
  const to = moved(column, y);
  if (to === y) return points;
  const [endX] = points[points.length - 1];
  if (points.length === 2) {
    const lane = (x + endX) / 2;
    return [[x, to], [lane, to], [lane, y], points[1]];
  }
  return points.map(([pointX, pointY], index) => [pointX, index < 2 ? to : pointY]);
}
