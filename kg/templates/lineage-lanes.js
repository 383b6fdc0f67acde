// Lanes by level and time, as kg/lanes.py lays them out, for what filters and collapsing leave.

const time = meta.time;

function yearColumns(boxes) {
  const crowd = new Map(), found = new Map();
  for (const { year, column } of boxes) {
    if (!crowd.has(year)) crowd.set(year, new Map());
    crowd.get(year).set(column, (crowd.get(year).get(column) || 0) + 1);
  }
  const width = (year) => 2 * time.side + time.box_width
    + Math.min(2 * (time.box_width + time.beside), time.spread * (Math.max(...crowd.get(year).values()) - 1));
  let x = size.margin + time.label;
  const add = (first, last, wide) => {
    const column = { label: first === last ? String(first) : first + '–' + last, x, width: wide };
    for (let year = first; year <= last; year += 1) found.set(year, column);
    x += wide;
  };
  const known = [...crowd.keys()].filter((year) => year !== null).sort((a, b) => a - b);
  known.forEach((year, i) => {
    add(year, year, width(year));
    const empty = i + 1 < known.length ? known[i + 1] - year - 1 : 0;
    if (empty > time.long) add(year + 1, year + empty, time.span);
    else for (let step = 1; step <= empty; step += 1) add(year + step, year + step, time.empty);
  });
  if (crowd.has(null)) found.set(null, { label: '', x, width: width(null) });
  return found;
}

function throughYear(doc) {  // 0 to 1, by day and month of "03/06/2013", "06/2013"
  const [, month, day] = (doc.date || '').split('/').reverse().map(Number);
  return (Math.max((month || 0) - 1, 0) + Math.max((day || 0) - 1, 0) / 31) / 12;
}

function packed(boxes, columns) {
  for (const box of boxes) {
    const column = columns.get(box.year), room = column.width - 2 * time.side - time.box_width;
    box.x = Math.floor(column.x + time.side + room * (box.cluster ? 0 : throughYear(box.doc)) + 0.5);
  }
  const rows = [];
  for (const box of boxes.slice().sort((a, b) => a.x - b.x)) {
    const row = rows.find((one) => one[one.length - 1].x + time.box_width + time.beside <= box.x);
    if (row) row.push(box); else rows.push([box]);
  }
  return rows;
}

function standInTime(scene) {
  const boxes = [...scene.boxes.values()].sort((a, b) => a.at - b.at);
  const columns = yearColumns(boxes);
  scene.years = [...new Set(columns.values())];
  scene.lanes = [];
  scene.rows = [];
  let y = time.years;
  meta.columns.forEach(([level], column) => {
    const mine = boxes.filter((box) => box.column === column);
    if (!mine.length) return;
    y += time.lane_gap;
    const lane = { level, y };
    scene.lanes.push(lane);
    for (const row of packed(mine, columns)) {
      y += time.row_gap;
      for (const box of row) Object.assign(box, { y, w: time.box_width, h: size.box_height, row: scene.rows.length });
      scene.rows.push(row);
      y += size.box_height;
    }
    y += time.row_gap;
    lane.height = y - lane.y;
  });
  // the last lane ends where its lines do; the others where the next one begins
  scene.lanes.forEach((lane, i) => { if (scene.lanes[i + 1]) lane.height = scene.lanes[i + 1].y - lane.y; });
  scene.height = y + size.margin;
  scene.right = Math.max(0, ...scene.years.map((column) => column.x + column.width)) + size.margin;
  routeInTime(scene, columns);
}

function routeInTime(scene, columns) {
  const ports = new Map();
  const side = (id, where) => {
    if (!ports.has(id + where)) ports.set(id + where, new Set());
    return ports.get(id + where);
  };
  for (const line of scene.lines) {
    side(line.higher, ' out').add(line.type);
    side(line.lower, ' in').add(line.type);
  }
  const port = (box, where, type) => box.x + time.port + size.port_step * [...side(box.id, where)].sort().indexOf(type);
  const slots = new Map(scene.rows.flat().map((box, i) => [box.id, (i % time.slots - Math.floor(time.slots / 2)) * time.slot_step]));
  const last = scene.rows.length;
  const across = (gutter) => (gutter < last ? scene.rows[gutter][0].y - time.row_gap / 2
    : scene.rows[last - 1][0].y + size.box_height + time.row_gap / 2);
  const free = (x, from, to) => !scene.rows.slice(from, to).some((row) => row.some((box) => box.x - time.clear < x && x < box.x + box.w + time.clear));
  for (const line of scene.lines) {
    const higher = scene.boxes.get(line.higher), lower = scene.boxes.get(line.lower), slot = slots.get(line.higher);
    const leave = port(higher, ' out', line.type), reach = port(lower, ' in', line.type);
    const down = lower.row > higher.row, gutter = down ? higher.row + 1 : higher.row, goal = lower.row;
    const first = across(gutter) + slot, second = across(goal) + slot;
    const points = [[leave, down ? higher.y + higher.h : higher.y], [leave, first]];
    if (gutter !== goal) {
      const wished = [reach, leave, columns.get(lower.year).x + slot];
      const turn = wished.find((x) => free(x, Math.min(gutter, goal), Math.max(gutter, goal)));
      const x = turn === undefined ? wished[2] : turn;
      points.push([x, first], [x, second]);
    }
    points.push([reach, second], [reach, lower.y]);
    line.left = higher;
    line.right = lower;
    trace(line, rounded(points));
  }
}

function rounded(points) {
  const long = (a, b) => Math.hypot(b[0] - a[0], b[1] - a[1]);
  const corners = points.filter((point, i) => !i || long(points[i - 1], point) > 0.01), curves = [];
  const towards = (corner, other) => {
    const part = Math.min(time.round, long(corner, other) / 2) / long(corner, other);
    return [corner[0] + (other[0] - corner[0]) * part, corner[1] + (other[1] - corner[1]) * part];
  };
  const near = (point, corner) => [point[0] + (corner[0] - point[0]) * 0.55, point[1] + (corner[1] - point[1]) * 0.55];
  const straight = (a, b) => [a, [a[0] + (b[0] - a[0]) / 3, a[1] + (b[1] - a[1]) / 3], [b[0] - (b[0] - a[0]) / 3, b[1] - (b[1] - a[1]) / 3], b];
  let here = corners[0];
  for (let i = 1; i < corners.length - 1; i += 1) {
    const enter = towards(corners[i], corners[i - 1]), leave = towards(corners[i], corners[i + 1]);
    curves.push(straight(here, enter), [enter, near(enter, corners[i]), near(leave, corners[i]), leave]);
    here = leave;
  }
  curves.push(straight(here, corners[corners.length - 1]));
  return curves;
}
