// Keys, buttons and legend, and the start of it all.

// ---- keys -------------------------------------------------------------------------------------------------------------

function neighbour(key) {
  const boxes = [...scene.boxes.values()], box = scene.boxes.get(state.selected);
  if (!box) return scene.boxes.get(meta.focus) || boxes[0];
  if (scene.time) return neighbourInTime(key, box, boxes);
  const nearest = (list) => list.sort((a, b) => Math.abs(a.y - box.y) - Math.abs(b.y - box.y) || a.y - b.y)[0];
  if (key === 'ArrowUp') return nearest(boxes.filter((b) => b.column === box.column && b.y < box.y));
  if (key === 'ArrowDown') return nearest(boxes.filter((b) => b.column === box.column && b.y > box.y));
  const right = key === 'ArrowRight', beyond = (b) => (right ? b.column > box.column : b.column < box.column);
  const joined = scene.lines.filter((l) => l.left === box || l.right === box).map((l) => (l.left === box ? l.right : l.left)).filter(beyond);
  if (joined.length) return nearest(joined);
  const columns = boxes.filter(beyond).map((b) => b.column);
  const next = right ? Math.min(...columns) : Math.max(...columns);
  return nearest(boxes.filter((b) => b.column === next));
}

// Across: along the lane. Up and down: to what the box is joined with, else to the nearest lane.
function neighbourInTime(key, box, boxes) {
  const away = (b) => Math.hypot(b.x - box.x, b.y - box.y);
  const nearest = (list) => list.sort((a, b) => away(a) - away(b))[0];
  const beyond = (b) => ({ ArrowLeft: b.x < box.x, ArrowRight: b.x > box.x, ArrowUp: b.y < box.y, ArrowDown: b.y > box.y })[key];
  if (key === 'ArrowLeft' || key === 'ArrowRight') return nearest(boxes.filter((b) => b.column === box.column && beyond(b)));
  const joined = scene.lines.filter((l) => l.left === box || l.right === box).map((l) => (l.left === box ? l.right : l.left)).filter(beyond);
  return nearest(joined.length ? joined : boxes.filter(beyond));
}

document.addEventListener('keydown', (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === 'Escape') {
    if (document.body.classList.contains('as-table')) showView(state.view); else select(null);
    return;
  }
  if (typing) return;
  if (event.key === '/') { event.preventDefault(); search.focus(); search.select(); return; }
  if (event.key === 't' || event.key === 'T') { showView(document.body.classList.contains('as-table') ? state.view : 'table'); return; }
  if (event.key === 'g' || event.key === 'G') { showView(state.view === 'time' ? 'levels' : 'time'); return; }
  if (document.body.classList.contains('as-table')) return;
  if (event.key === '0') { fit(); return; }
  if (event.key === '+' || event.key === '=') { network.moveTo({ scale: Math.min(3, network.getScale() * 1.2) }); return; }
  if (event.key === '-') { network.moveTo({ scale: Math.max(0.04, network.getScale() / 1.2) }); return; }
  if (event.target !== canvasHome && event.target !== document.body) return;
  if (/^Arrow/.test(event.key)) {
    event.preventDefault();
    const box = neighbour(event.key);
    if (box) select(box.id, { move: true });
  } else if (event.key === 'Enter') {
    const box = scene.boxes.get(state.selected);
    if (box && box.cluster) openCluster(box.cluster); else if (box) panel.focus();
  }
});

// ---- buttons, legend --------------------------------------------------------------------------------------------------

function showView(view) {
  const table = view === 'table', was = state.view;
  document.body.classList.toggle('as-table', table);
  if (!table) state.view = view;
  for (const name of ['levels', 'time', 'table']) byId('ts-view-' + name).setAttribute('aria-pressed', String(name === view));
  if (table) {
    buildTables();
    window.scrollTo(0, 0);
  } else if (view !== was) {
    if (!documents.has(state.selected)) state.selected = null;
    rebuild();
    buildLegend();
    firstView();
  } else network.redraw();
}

for (const name of ['levels', 'time', 'table']) byId('ts-view-' + name).addEventListener('click', () => showView(name));
byId('ts-fit').addEventListener('click', fit);
byId('ts-chain').addEventListener('click', () => {
  state.chain = state.chain ? null : state.selected;
  rebuild();
  firstView();
});
byId('ts-open').addEventListener('click', () => { state.closed = true; rebuild({ before: meta.focus, after: meta.focus }); });
byId('ts-close').addEventListener('click', () => { state.closed = false; state.opened.clear(); rebuild({ before: meta.focus, after: meta.focus }); firstView(); });
byId('ts-png').addEventListener('click', () => paintPng(scene, document.title).toBlob((blob) => save(blob, 'png')));
byId('ts-svg').addEventListener('click', () => save(new Blob([paintSvg(scene, document.title)], { type: 'image/svg+xml' }), 'svg'));
byId('ts-language').addEventListener('click', () => {
  language = language === 'vi' ? 'en' : 'vi';
  nameAll();
  translatePage();
  meta.columns.forEach(([level], i) => { heads[i].firstChild.textContent = label('level', level); });
  buildFilters();
  rebuild({ before: state.selected, after: state.selected });
  buildLegend();
  if (document.body.classList.contains('as-table')) buildTables();
});
window.addEventListener('beforeprint', buildTables);

function stroke(type, planned) {
  const style = lineStyle(type), canvas = el('canvas', { width: 60, height: 20, style: 'width:30px;height:10px', 'aria-hidden': 'true' });
  const ctx = canvas.getContext('2d'), end = [30, 5];
  ctx.scale(2, 2);
  ctx.strokeStyle = ctx.fillStyle = style.colour;
  ctx.lineWidth = style.width;
  ctx.setLineDash(planned ? PLANNED : style.dash);
  ctx.beginPath();
  ctx.moveTo(0, 5);
  ctx.lineTo(22, 5);
  ctx.stroke();
  ctx.setLineDash([]);
  drawArrow(ctx, [null, null, [0, 5], end], planned, 9);
  return canvas;
}

function markSign(key) {
  const canvas = el('canvas', { width: 28, height: 28, style: 'width:14px;height:14px;vertical-align:-2px', 'aria-hidden': 'true' }), ctx = canvas.getContext('2d');
  ctx.scale(2, 2);
  drawMark(ctx, key, 7, 7);
  return canvas;
}

function buildLegend() {
  const types = relationKeys.filter((type) => edges.some((edge) => edge.type === type));
  const kinds = Object.keys(meta.words[language].kind).filter((kind) => held.some((doc) => doc.kind === kind));
  byId('ts-legend').replaceChildren(
    units.length ? el('b', {}, phrase('legend units', { n: units.length })) : '',
    ...Object.entries(meta.states).map(([key, n]) => el('span', {}, markSign(key), stateWord(key, n))),
    units.length ? el('hr') : '',
    ...types.map((type) => el('span', {}, stroke(type, false), relation(type)[0])),
    edges.some((edge) => edge.status === 'planned') ? el('span', {}, stroke('implements', true), phrase('planned')) : '',
    ...kinds.map((kind) => el('span', {}, el('i', { style: 'border-color:' + KIND[kind] }), label('kind', kind))),
    el('span', {}, el('i', { class: 'yellow' }), phrase('legend focus')),
    held.some((doc) => doc.conflicts) ? el('span', {}, phrase('legend conflict')) : '',
    held.some((doc) => doc.candidates) ? el('span', {}, phrase('legend unclear')) : '',
    scene.clusters.size ? el('span', {}, el('i', { class: 'cluster' }), phrase('legend group')) : '',
    meta.missing.length && !scene.time ? el('span', {}, el('i', { class: 'missing' }), phrase('legend missing')) : '',
  );
}

// ---- start ------------------------------------------------------------------------------------------------------------

const wanted = fromHash();
state.selected = wanted || (documents.has(meta.focus) ? meta.focus : null);
translatePage();
buildFilters();
rebuild();
if (wanted) select(wanted, { keepHash: true });
buildLegend();
network.setSize('100%', '100%');  // the legend has taken its room: vis would change the zoom to make up for it later
network.redraw();
for (const name of ['levels', 'time']) byId('ts-view-' + name).setAttribute('aria-pressed', String(name === state.view));
firstView();
window.addEventListener('hashchange', () => { const id = fromHash(); if (id && id !== state.selected) select(id, { move: true, keepHash: true }); });
let stageWidth = stage.clientWidth;
new ResizeObserver(() => {
  if (stage.clientWidth === stageWidth || !stage.clientWidth) return;
  stageWidth = stage.clientWidth;
  network.setSize('100%', '100%');
  network.redraw();
  firstView();
}).observe(stage);
