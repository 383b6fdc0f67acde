// What is in sight and where it stands. `stack` repeats kg/layout.py for what filters and collapsing leave.

const state = {
  view: meta.view,        // levels or time
  selected: null,         // a document's id, a cluster's key or null
  lines: null,            // the edges shown in the panel after a click on a line
  chain: null,            // the id whose chain alone is shown
  opened: new Set(),      // clusters opened by hand
  closed: false,          // nothing collapses after "expand all"
  hidden: { kind: new Set(), relation: new Set(), level: new Set() },
  from: null, to: null,   // years
};
if (edges.length > limits.cites) state.hidden.relation.add('cites');

function chainOf(id) {
  const found = new Set([id]);
  const walk = (start, lines, end) => {
    const seen = new Set([start]), queue = [start];
    while (queue.length) {
      for (const edge of documents.get(queue.pop())[lines]) {
        if (state.hidden.relation.has(edge.type) || seen.has(edge[end])) continue;
        seen.add(edge[end]);
        found.add(edge[end]);
        queue.push(edge[end]);
      }
    }
  };
  walk(id, 'up', 'to');
  walk(id, 'down', 'from');
  return found;
}

function passes(doc, chain) {
  if (doc.id === meta.focus) return true;  // the document in question never disappears
  if (chain && !chain.has(doc.id)) return false;
  if (state.hidden.kind.has(doc.kind) || state.hidden.level.has(doc.level)) return false;
  if (doc.kind === 'missing' || doc.kind === 'unit') return state.view === 'levels' && state.from === null && state.to === null && !chain;
  if (state.from !== null && !(doc.year >= state.from)) return false;
  return !(state.to !== null && !(doc.year <= state.to));
}

// Together stand, when there are too many, the documents of one level and province, and its units; in time those of one level and year.
const clusterOf = (doc) => (state.view === 'time' ? 'time|' + doc.column + '|' + (doc.year || '')
  : doc.column + '|' + (doc.province || '') + (doc.kind === 'unit' ? '|unit' : ''));

// The groups to collapse: the larger ones first, until few enough boxes are in sight.
function collapsed(shown) {
  const result = new Map();
  if (state.closed || shown.size <= limits.collapse) return result;
  const groups = new Map();
  for (const id of shown) {
    const doc = documents.get(id), key = clusterOf(doc);
    if (doc.id === meta.focus || doc.kind === 'missing' || state.opened.has(key)) continue;
    if (doc.level === 'trung ương' && state.view === 'levels') continue;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(id);
  }
  let boxes = shown.size;
  const close = (least, wanted) => {
    for (const [key, ids] of groups) {
      if (ids.length <= least || result.has(key) || !wanted(key)) continue;
      result.set(key, ids);
      boxes -= ids.length - 1;
    }
  };
  close(limits.group, (key) => key.endsWith('|unit'));  // documents stay open where that is enough
  if (boxes <= limits.collapse) return result;
  for (const least of [limits.group, 3, 1]) {
    close(least, () => true);
    if (boxes <= limits.open) break;
  }
  return result;
}

function clusterBox(key, ids) {
  const first = documents.get(ids[0]), types = new Map(), time = state.view === 'time', only = first.kind === 'unit';
  for (const id of ids) types.set(documents.get(id).short, (types.get(documents.get(id).short) || 0) + 1);
  const parts = [...types].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 3);
  const counted = parts.map(([short, n]) => n + ' ' + short).join(', ') + (types.size > 3 ? '…' : '');
  return {
    id: 'cluster ' + key, cluster: key, documents: ids, column: first.column, at: first.at, year: first.year || null,
    name: '▸ ' + (time ? phrase('documents', { n: ids.length }) : first.province || phrase('no province')),
    line: time ? counted : only ? phrase('units', { n: ids.length }) : phrase('group', { n: ids.length, types: counted }),
    much: phrase(only ? 'units' : 'documents', { n: ids.length }), states: countStates(ids),
  };
}

// ---- scene: columns of items (a locality's boxes, a cluster, a corridor), lines between boxes -------------------------

function buildScene() {
  const chain = state.chain ? chainOf(state.chain) : null;
  const shown = new Set();
  for (const doc of documents.values()) if (passes(doc, chain)) shown.add(doc.id);
  const clusters = collapsed(shown), standsFor = new Map();
  for (const [key, ids] of clusters) for (const id of ids) standsFor.set(id, 'cluster ' + key);
  const box = (id) => standsFor.get(id) || id;

  const lines = new Map();
  for (const edge of edges) {
    if (state.hidden.relation.has(edge.type) || !shown.has(edge.from) || !shown.has(edge.to)) continue;
    const lower = box(edge.from), higher = box(edge.to);
    if (lower === higher) continue;
    const key = JSON.stringify([lower, higher, edge.type, edge.status]);
    if (!lines.has(key)) lines.set(key, { lower, higher, type: edge.type, planned: edge.status === 'planned', via: edge.via || [], edges: [] });
    lines.get(key).edges.push(edge);
  }
  const scene = { shown, clusters, time: state.view === 'time', boxes: new Map(), items: new Map(), alone: {}, lines: [...lines.values()], columns: [] };
  if (scene.time && scene.lines.length > limits.lines) {  // there all of them would run along the same few ways
    const open = scene.lines.filter((line) => documents.has(line.lower) || documents.has(line.higher));
    scene.between = scene.lines.length - open.length;
    scene.links = scene.lines;
    scene.lines = open;
  }
  if (scene.time) {
    standAlone(scene);
    standInTime(scene);
    return scene;
  }
  const used = new Set(scene.lines.flatMap((line) => line.via));
  meta.order.forEach((numbers, column) => {
    const items = [];
    for (const number of numbers) {
      const item = itemOf(number, column, scene, used);
      if (item) { items.push(item); scene.items.set(item.key, item); }
    }
    scene.columns.push(items);
  });
  scene.alone = Object.fromEntries([...scene.boxes.values()].filter((one) => documents.get((one.documents || [one.id])[0]).kind === 'unit').map((one) => [one.id, true]));
  stack(scene);
  route(scene);
  return scene;
}

function standAlone(scene) {  // in time boxes stand in no localities
  const inside = new Set([...scene.clusters.values()].flat());
  for (const id of scene.shown) {
    const doc = documents.get(id);
    if (!inside.has(id)) scene.boxes.set(id, { id, column: doc.column, doc, at: doc.at, year: doc.year || null });
  }
  for (const [key, ids] of scene.clusters) scene.boxes.set('cluster ' + key, clusterBox(key, ids));
}

function itemOf(number, column, scene, used) {
  if (number >= meta.groups.length) return used.has(number) ? { key: number, corridor: true, height: size.corridor } : null;
  const heading = placeHeading(meta.groups[number][0]), key = clusterOf(documents.get(members[number][0]));
  let boxes = [], item = { key: number, group: number, cluster: state.opened.has(key) ? key : null, heading, corridor: false };
  if (scene.clusters.has(key)) {
    if (scene.items.has('cluster ' + key)) return null;
    item = { key: 'cluster ' + key, heading: '', corridor: false };
    boxes = [clusterBox(key, scene.clusters.get(key))];
  } else {
    boxes = members[number].filter((id) => scene.shown.has(id)).map((id) => ({ id, column, doc: documents.get(id) }));
  }
  if (!boxes.length) return null;
  item.boxes = boxes;
  boxes.forEach((box, port) => { box.item = item; box.port = port; scene.boxes.set(box.id, box); });
  item.height = (item.heading ? size.heading : 0) + boxes.length * (size.box_height + size.box_gap) - size.box_gap;
  return item;
}

// ---- top to bottom, as kg/layout.py does ------------------------------------------------------------------------------

const portY = (item, port) => (item.corridor ? size.corridor / 2
  : (item.heading ? size.heading : 0) + port * (size.box_height + size.box_gap) + size.box_height / 2);

function space(above, below) {
  if (!above.corridor && !below.corridor) return size.group_gap;
  return above.corridor && below.corridor ? 0 : size.corridor_gap;
}

function waypoints(scene, line) {
  let left = scene.boxes.get(line.higher), right = scene.boxes.get(line.lower);
  if (left.column > right.column) [left, right] = [right, left];
  const steps = line.via.filter((n) => {
    const column = columnOfCorridor[n];
    return column > left.column && column < right.column;
  }).map((n) => ({ item: scene.items.get(n), port: 0, column: columnOfCorridor[n] }));
  return [left, ...steps, right];
}

const columnOfCorridor = {};
meta.order.forEach((numbers, column) => { for (const n of numbers) columnOfCorridor[n] = column; });

function stack(scene) {
  const offsets = [], totals = [];
  for (const items of scene.columns) {
    let y = 0;
    offsets.push(items.map((item, i) => {
      if (i) y += items[i - 1].height + space(items[i - 1], item);
      return y;
    }));
    totals.push(items.length ? y + items[items.length - 1].height : 0);
  }
  const last = meta.columns[meta.columns.length - 1];
  scene.right = (last ? last[1] + last[2] : 0) + size.margin;
  scene.height = 0;
  if (!totals.some((total) => total)) return;
  const gaps = meta.columns.map(() => new Map());
  for (const line of scene.lines) {
    const steps = waypoints(scene, line);
    for (let i = 1; i < steps.length; i += 1) {
      const a = steps[i - 1], b = steps[i];
      if (b.column !== a.column) gaps[a.column].set(a.item.key + ':' + a.port + '>' + b.item.key + ':' + b.port, [a, b]);
    }
  }
  const tallest = totals.indexOf(Math.max(...totals));
  scene.columns[tallest].forEach((item, i) => { item.top = offsets[tallest][i]; });
  const others = [];
  for (let c = tallest - 1; c >= 0; c -= 1) others.push(c);
  for (let c = tallest + 1; c < totals.length; c += 1) others.push(c);
  for (const column of others) {
    const leftwards = column < tallest, wishes = new Map();
    for (const [a, b] of gaps[leftwards ? column : column - 1].values()) {
      const [near, far] = leftwards ? [a, b] : [b, a];
      if (!wishes.has(near.item)) wishes.set(near.item, []);
      wishes.get(near.item).push(far.item.top + portY(far.item, far.port) - portY(near.item, near.port));
    }
    const items = scene.columns[column];
    const shifts = settle(items.map((item) => wishes.get(item) || []), offsets[column], (totals[tallest] - totals[column]) / 2);
    items.forEach((item, i) => { item.top = offsets[column][i] + shifts[i]; });
  }
  let highest = Infinity;
  for (const item of scene.items.values()) highest = Math.min(highest, item.top);
  for (const item of scene.items.values()) {
    item.top = Math.floor(item.top - highest + size.margin + 0.5);
    scene.height = Math.max(scene.height, item.top + item.height + size.margin);
  }
  for (const box of scene.boxes.values()) {
    box.x = meta.columns[box.column][1] + size.padding;
    box.y = box.item.top + portY(box.item, box.port) - size.box_height / 2;
    box.w = size.box_width;
    box.h = size.box_height;
  }
}

// Isotonic regression by pooling adjacent violators; what has no wish follows the item above it.
function settle(wishes, offsets, otherwise) {
  const blocks = [];
  wishes.forEach((wish, i) => {
    blocks.push({ total: wish.reduce((sum, w) => sum + w - offsets[i], 0), weight: wish.length, count: 1 });
    while (blocks.length > 1) {
      const below = blocks[blocks.length - 1], above = blocks[blocks.length - 2];
      if (above.weight && below.weight && above.total / above.weight < below.total / below.weight) break;
      blocks.pop();
      above.total += below.total; above.weight += below.weight; above.count += below.count;
    }
  });
  return blocks.flatMap((b) => Array(b.count).fill(b.weight ? b.total / b.weight : otherwise));
}

// ---- lines: cubic curves from the higher document to the lower one ----------------------------------------------------

const sCurve = (a, b) => [a, [(a[0] + b[0]) / 2, a[1]], [(a[0] + b[0]) / 2, b[1]], b];

function route(scene) {
  const ports = new Map();
  const side = (id, where) => {
    if (!ports.has(id + where)) ports.set(id + where, new Set());
    return ports.get(id + where);
  };
  for (const line of scene.lines) {
    const steps = waypoints(scene, line);
    line.left = steps[0];
    line.right = steps[steps.length - 1];
    line.via = steps.slice(1, -1);
    line.within = line.left.column === line.right.column;
    line.rightSide = line.within ? ' right' : ' left';
    side(line.left.id, ' right').add(line.type);
    side(line.right.id, line.rightSide).add(line.type);
  }
  const port = (box, where, type) => {
    const types = [...side(box.id, where)].sort();
    const shift = (types.indexOf(type) - (types.length - 1) / 2) * size.port_step;
    return [box.x + (where === ' right' ? box.w : 0), box.y + box.h / 2 + shift];
  };
  for (const line of scene.lines) {
    let start = port(line.left, ' right', line.type), curves = [];
    const end = port(line.right, line.rightSide, line.type);
    if (line.within) {
      const depth = Math.min(size.gap, 20 + Math.abs(end[1] - start[1]) * 0.12);
      curves = [[start, [start[0] + depth, start[1]], [end[0] + depth, end[1]], end]];
    } else {
      for (const step of line.via) {
        const [, x, width] = meta.columns[step.column], y = step.item.top + size.corridor / 2;
        curves.push(sCurve(start, [x, y]), sCurve([x, y], [x + width, y]));
        start = [x + width, y];
      }
      curves.push(sCurve(start, end));
    }
    if (line.right.id === line.higher) curves = curves.map((c) => c.slice().reverse()).reverse();
    trace(line, curves);
  }
}

function trace(line, curves) {
  const short = (p) => p.map((value) => Math.round(value * 10) / 10).join(' ');
  line.curves = curves;
  line.data = 'M' + short(curves[0][0]) + curves.map((c) => 'C' + c.slice(1).map(short).join(' ')).join('');
  line.path = new Path2D();
  line.path.moveTo(...curves[0][0]);
  for (const c of curves) line.path.bezierCurveTo(...c[1], ...c[2], ...c[3]);
  const ys = curves.flat().map((p) => p[1]), xs = curves.flat().map((p) => p[0]);
  line.bounds = [Math.min(...xs) - 8, Math.min(...ys) - 8, Math.max(...xs) + 8, Math.max(...ys) + 8];
}
