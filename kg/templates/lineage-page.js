// The page: vis-network for the canvas, panning and zooming; here selection, filters, search, keys, links, PNG.

const canvasHome = byId('ts-canvas'), stage = byId('ts-stage');
const MIN_ZOOM = 0.85, MAX_ZOOM = 1.2;  // at 0.85 the smaller text is 11 px high
const LEAST_ZOOM = 0.7;  // of "fit the screen": the smaller text is 9 px high
let scene, bright;
const header = () => (state.view === 'time' ? 28 : 44);  // height of the names of columns or years

document.body.classList.add('drawn');
const data = new vis.DataSet();
const network = new vis.Network(canvasHome, { nodes: data, edges: [] }, {
  physics: false,
  layout: { improvedLayout: false },
  nodes: { shape: 'custom', fixed: true, ctxRenderer: renderer },
  interaction: { dragNodes: false, keyboard: false, selectable: false, zoomSpeed: 0.7 },
});

let hovered;  // the id of the box under the pointer
function renderer({ ctx, id }) {
  const box = scene.boxes.get(id);
  return {
    drawNode() { if (box) drawBox(ctx, box, { dim: !bright.box(id), selected: id === state.selected, hover: id === hovered }); },
    nodeDimensions: { width: size.box_width, height: size.box_height },
  };
}

// ---- view -------------------------------------------------------------------------------------------------------------

function world() {  // what part of the picture is in sight: left, top, right, bottom
  const a = network.DOMtoCanvas({ x: 0, y: 0 }), b = network.DOMtoCanvas({ x: stage.clientWidth, y: stage.clientHeight });
  return [a.x, a.y, b.x, b.y];
}

const within = (value, low, high) => (low > high ? (low + high) / 2 : Math.min(Math.max(value, low), high));

function moveTo(x, y, scale, animate) {  // x, y come to the middle of the free part below the headers
  const halfWidth = stage.clientWidth / 2 / scale, top = header() / scale, height = stage.clientHeight / scale - top;
  const cx = within(x, halfWidth, scene.right - halfWidth);
  let cy = within(y, height / 2, scene.height - height / 2);
  if (scene.height < height) cy = height / 2 - Math.min(height - scene.height, 240) / 4;  // a low picture hangs below the headers
  network.moveTo({ position: { x: cx, y: cy - top / 2 }, scale, animation: animate ? { duration: 220, easingFunction: 'easeInOutQuad' } : false });
}

function firstView() {
  lookAt(within(stage.clientWidth / scene.right, MIN_ZOOM, MAX_ZOOM));
}

function lookAt(scale) {  // around the selected box, else the focus
  const box = scene.boxes.get(state.selected) || scene.boxes.get(meta.focus) || [...scene.boxes.values()][0];
  if (box) moveTo(box.x + box.w / 2, box.y + box.h / 2, scale, false);
}

function fit() {  // all of it where that can be read, else its width, and the rest is scrolled
  const across = (stage.clientWidth - 10) / scene.right, whole = Math.min(across, (stage.clientHeight - header() - 6) / scene.height, MAX_ZOOM);
  if (whole >= LEAST_ZOOM) moveTo(scene.right / 2, scene.height / 2, whole, false);
  else lookAt(within(across, LEAST_ZOOM, MAX_ZOOM));
}

function show(box, animate) {  // brings a box into sight, with some of its surroundings, moving no more than needed
  const scale = Math.max(network.getScale(), 0.6), [left, top, right, bottom] = world();
  const edgeX = 30, edgeY = 70, head = header() / network.getScale();
  const inside = box.x - edgeX > left && box.x + box.w + edgeX < right && box.y - edgeY > top + head && box.y + box.h + edgeY < bottom;
  if (!inside || scale !== network.getScale()) moveTo(box.x + box.w / 2, box.y + box.h / 2, scale, animate);
}

function pan(dx, dy) {
  const scale = network.getScale(), { x, y } = network.getViewPosition();
  moveTo(x + dx / scale, y + header() / scale / 2 + dy / scale, scale, false);
}

const heads = meta.columns.map(([level]) => {
  const head = el('div', {}, el('b', {}, label('level', level)), el('span', {}));
  byId('ts-levels').append(head);
  return head;
});

function placeHeads(ctx) {
  byId('ts-levels').hidden = scene && scene.time;
  if (!scene) return;
  if (scene.time) {
    drawPins(ctx, scene, world(), 1 / network.getScale());
    return;
  }
  const scale = network.getScale();
  meta.columns.forEach(([, x, width], i) => {
    const at = network.canvasToDOM({ x, y: 0 });
    heads[i].style.transform = 'translateX(' + at.x + 'px)';
    heads[i].style.width = width * scale + 'px';
    heads[i].classList.toggle('narrow', width * scale < 110);
  });
}

network.on('beforeDrawing', (ctx) => { if (scene) drawGround(ctx, scene, bright, world()); });
network.on('afterDrawing', placeHeads);
network.on('zoom', () => {
  const scale = network.getScale();
  if (scale < 0.04 || scale > 3) network.moveTo({ scale: within(scale, 0.04, 3) });
});

// ---- scene ------------------------------------------------------------------------------------------------------------

function rebuild(anchor) {  // the anchored box stays where it is on the screen
  const before = scene && anchor && scene.boxes.get(anchor.before);
  scene = buildScene();
  state.lines = null;
  bright = emphasis(scene);
  data.clear();
  data.add([...scene.boxes.values()].map((box) => ({ id: box.id, x: box.x + box.w / 2, y: box.y + box.h / 2 })));
  const after = anchor && scene.boxes.get(anchor.after);
  if (before && after) {
    const { x, y } = network.getViewPosition();
    network.moveTo({ position: { x, y: y + after.y - before.y } });
  }
  refresh();
  describe();
}

function refresh() {
  bright = emphasis(scene);
  showPanel(scene);
  network.redraw();
}

function describe() {  // how much is in sight, in words
  const alone = units.filter((unit) => documents.get(unit.box).kind === 'unit').length;
  const missing = held.filter((doc) => !scene.shown.has(doc.id)).length;
  const hiddenRelations = relationKeys.filter((key) => state.hidden.relation.has(key) && edges.some((edge) => edge.type === key));
  byId('ts-hidden').textContent = [
    missing ? phrase('hiding documents', { n: missing }) : '',
    hiddenRelations.length ? phrase('hiding relations', { names: hiddenRelations.map((key) => '“' + relation(key)[0] + '”').join(', ') }) : '',
    scene.time && alone ? phrase('units without day', { n: alone }) : '',
    scene.between ? phrase('between hidden', { n: scene.between }) : '',
  ].filter(Boolean).join(' · ');
  meta.columns.forEach(([level, , , count], i) => {
    let shown = 0;
    for (const doc of held) if (doc.column === i && scene.shown.has(doc.id)) shown += 1;
    const counted = shown < count ? phrase('documents of', { shown, n: count }) : phrase('documents', { n: count });
    heads[i].lastChild.textContent = [count ? counted : '', unitsOf(level)].filter(Boolean).join(' · ');
  });
  byId('ts-none').hidden = scene.boxes.size > 0;
  byId('ts-open').hidden = !scene.clusters.size;
  byId('ts-close').hidden = !(state.closed || state.opened.size);
  const chain = byId('ts-chain');
  chain.textContent = phrase(state.chain ? 'show all' : 'only chain');
  chain.setAttribute('aria-pressed', String(Boolean(state.chain)));
  chain.disabled = !state.chain && !held.includes(documents.get(state.selected));
  window.lineagePicture = { scene, network, state };  // for tests and for the curious
}

function unitsOf(level) {  // how many units are known to have done something, of how many
  const own = units.filter((unit) => unit.level === level), heard = own.filter((unit) => meta.found.includes(unit.state)).length;
  return own.length ? phrase(heard === own.length ? 'units' : 'units of', { n: heard, total: own.length }) : '';
}

// ---- selection --------------------------------------------------------------------------------------------------------

function select(id, { move = false, keepHash = false } = {}) {
  const doc = documents.get(id);
  if (doc && doc.kind === 'missing' && state.view === 'time') showView('levels');
  if (doc && !scene.shown.has(id)) { clearFilters(); rebuild(); }
  if (doc && !scene.boxes.has(id)) {
    state.opened.add(clusterOf(doc));
    rebuild();
  }
  state.selected = scene.boxes.has(id) ? id : null;
  state.lines = null;
  if (document.body.classList.contains('as-table') && doc) showView(state.view);
  refresh();
  describe();
  if (move && state.selected) show(scene.boxes.get(id), true);
  if (!keepHash) setHash(doc ? id : '');
}

function setHash(id) {
  try {
    history.replaceState(null, '', id ? '#' + encodeURIComponent(id) : location.pathname + location.search);
  } catch (error) { /* some viewers of local files forbid it: the picture works without */ }
}

function fromHash() {
  try {
    const id = decodeURIComponent(location.hash.slice(1));
    return documents.has(id) ? id : null;
  } catch (error) { return null; }
}

function openCluster(key) {
  const first = scene.clusters.get(key);
  if (!first) return;
  state.opened.add(key);
  if (state.selected === 'cluster ' + key) state.selected = null;
  rebuild({ before: 'cluster ' + key, after: first[0] });
}

function closeCluster(key) {
  const first = [...scene.shown].find((id) => clusterOf(documents.get(id)) === key);
  state.opened.delete(key);
  if (documents.has(state.selected) && clusterOf(documents.get(state.selected)) === key) state.selected = null;
  rebuild({ before: first, after: 'cluster ' + key });
}

const probe = document.createElement('canvas').getContext('2d');
function linesAt({ x, y }) {
  probe.lineWidth = 9 / network.getScale();
  return scene.lines.filter(({ bounds: b, path }) => x >= b[0] && x <= b[2] && y >= b[1] && y <= b[3] && probe.isPointInStroke(path, x, y));
}

function headingAt({ x, y }) {
  for (const item of scene.items.values()) {
    if (!item.cluster || !item.heading || y < item.top || y > item.top + size.heading) continue;
    const left = meta.columns[item.boxes[0].column][1];
    if (x >= left && x <= left + size.box_width) return item.cluster;
  }
  return null;
}

function boxAt({ x, y }) {
  for (const box of scene.boxes.values()) if (x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h) return box;
  return null;
}

network.on('click', ({ pointer }) => {
  canvasHome.focus({ preventScroll: true });
  const box = boxAt(pointer.canvas), heading = headingAt(pointer.canvas);
  if (box && box.cluster) openCluster(box.cluster);
  else if (box) select(box.id);
  else if (heading) closeCluster(heading);
  else {
    const lines = linesAt(pointer.canvas);
    if (lines.length) {
      state.lines = lines;
      refresh();
    } else select(null);
  }
});

const tip = byId('ts-tip');
let pointer = null;  // where the mouse is, until the next frame looks what is there
stage.addEventListener('mousemove', (event) => {
  if (!pointer) requestAnimationFrame(look);
  const frame = stage.getBoundingClientRect();
  pointer = { x: event.clientX - frame.left, y: event.clientY - frame.top, pressed: event.buttons > 0 };
});

function look() {
  const { x, y, pressed } = pointer, at = network.DOMtoCanvas({ x, y });
  pointer = null;
  const box = pressed || y < header() ? null : boxAt(at), lines = box || pressed || y < header() ? [] : linesAt(at);
  canvasHome.style.cursor = box || lines.length || headingAt(at) ? 'pointer' : '';
  if (hovered !== (box && box.id)) {
    hovered = box && box.id;
    network.redraw();
  }
  tip.hidden = !lines.length;
  if (lines.length) {
    tip.textContent = tipText(lines);
    tip.style.left = Math.min(x + 14, Math.max(4, stage.clientWidth - 390)) + 'px';
    tip.style.top = Math.min(y + 16, stage.clientHeight - tip.offsetHeight - 6) + 'px';
  }
}

function tipText(lines) {
  const edge = lines[0].edges[0], more = lines.reduce((sum, line) => sum + line.edges.length, 0) - 1, [text] = edge.said[0] || [''];
  const said = text.length > 220 ? text.slice(0, 220) + '…' : text;
  return documents.get(edge.from).name + ' ' + relation(edge.type)[0] + ' ' + documents.get(edge.to).name
    + (said ? ': “' + said + '”' : '') + (more ? ' ' + phrase('and more', { n: more }) : '');
}

stage.addEventListener('mouseleave', () => { tip.hidden = true; });
// The wheel scrolls, as in any tall page; with Ctrl (or two fingers) it zooms, which vis does itself.
stage.addEventListener('wheel', (event) => {
  if (event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  const unit = event.deltaMode === 1 ? 30 : 1;
  if (event.shiftKey) pan(event.deltaY * unit, 0); else pan(event.deltaX * unit, event.deltaY * unit);
}, { capture: true, passive: false });
