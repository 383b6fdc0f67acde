// Keys, buttons and legend, and the start of it all.

// ---- keys -------------------------------------------------------------------------------------------------------------

function neighbour(key) {
  const boxes = [...scene.boxes.values()], box = scene.boxes.get(state.selected);
  if (!box) return scene.boxes.get(meta.focus) || boxes[0];
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

document.addEventListener('keydown', (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === 'Escape') {
    if (document.body.classList.contains('as-table')) showTable(false); else select(null);
    return;
  }
  if (typing) return;
  if (event.key === '/') { event.preventDefault(); search.focus(); search.select(); return; }
  if (event.key === 't' || event.key === 'T') { showTable(!document.body.classList.contains('as-table')); return; }
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

function showTable(on) {
  document.body.classList.toggle('as-table', on);
  const button = byId('ts-table');
  button.textContent = on ? 'Sơ đồ' : 'Dạng bảng';
  button.setAttribute('aria-pressed', String(on));
  if (on) window.scrollTo(0, 0); else network.redraw();
}

byId('ts-table').addEventListener('click', () => showTable(!document.body.classList.contains('as-table')));
byId('ts-fit').addEventListener('click', fit);
byId('ts-chain').addEventListener('click', () => {
  state.chain = state.chain ? null : state.selected;
  rebuild();
  firstView();
});
byId('ts-open').addEventListener('click', () => { state.closed = true; rebuild({ before: meta.focus, after: meta.focus }); });
byId('ts-close').addEventListener('click', () => { state.closed = false; state.opened.clear(); rebuild({ before: meta.focus, after: meta.focus }); firstView(); });
byId('ts-png').addEventListener('click', () => {
  const focus = documents.get(meta.focus);
  paintAll(scene, document.title).toBlob((blob) => {
    const link = el('a', { href: URL.createObjectURL(blob), download: 'so-do-' + fold(focus ? focus.name : 'van ban').replace(/ /g, '-') + '.png' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
});

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

function buildLegend() {
  const all = [...documents.values()];
  const types = relationKeys.filter((type) => edges.some((edge) => edge.type === type));
  const kinds = Object.keys(meta.kinds).filter((kind) => all.some((doc) => doc.kind === kind));
  byId('ts-legend').replaceChildren(
    ...types.map((type) => el('span', {}, stroke(type, false), relation(type)[0])),
    edges.some((edge) => edge.status === 'planned') ? el('span', {}, stroke('implements', true), 'mới dự kiến') : '',
    ...kinds.map((kind) => el('span', {}, el('i', { style: 'border-color:' + KIND[kind] }), meta.kinds[kind])),
    el('span', {}, el('i', { class: 'yellow' }), 'văn bản gốc'),
    all.some((doc) => doc.conflicts) ? el('span', {}, '⚠ ghi khác nhau') : '',
    all.some((doc) => doc.candidates) ? el('span', {}, '? chưa rõ văn bản nào') : '',
    scene.clusters.size ? el('span', {}, el('i', { class: 'cluster' }), 'nhóm, bấm để mở') : '',
  );
}

// ---- start ------------------------------------------------------------------------------------------------------------

const wanted = fromHash();
state.selected = wanted || (documents.has(meta.focus) ? meta.focus : null);
buildFilters();
rebuild();
if (wanted) select(wanted, { keepHash: true });
buildLegend();
network.setSize('100%', '100%');  // the legend has taken its room: vis would change the zoom to make up for it later
network.redraw();
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
