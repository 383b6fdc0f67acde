// Boxes, lines and bands on any canvas: the one on the screen and the one that becomes a PNG.

const FONT = meta.look.font, KIND = meta.look.kinds, LINE = meta.look.lines, PLANNED = meta.look.planned;
const INK = '#1c2430', SOFT = '#4e5866';
const CROWDED = 120;  // lines; above, those of the selected box stand out from the rest of its chain
const lineStyle = (type) => LINE[type] || LINE.cites;

const clipped = new Map();
function clip(ctx, text, width) {
  const key = ctx.font + width + text;
  if (!clipped.has(key)) {
    let end = text.length;
    if (ctx.measureText(text).width > width) {
      let low = 0;
      while (low < end) {
        const middle = Math.ceil((low + end) / 2);
        if (ctx.measureText(text.slice(0, middle) + '…').width <= width) low = middle; else end = middle - 1;
      }
      if (/[\uD800-\uDBFF]$/.test(text.slice(0, end))) end -= 1;
    }
    clipped.set(key, end < text.length ? text.slice(0, end).trimEnd() + '…' : text);
  }
  return clipped.get(key);
}

function roundBox(ctx, x, y, w, h, r) {
  ctx.beginPath();
  ctx.moveTo(x + r, y);
  ctx.arcTo(x + w, y, x + w, y + h, r);
  ctx.arcTo(x + w, y + h, x, y + h, r);
  ctx.arcTo(x, y + h, x, y, r);
  ctx.arcTo(x, y, x + w, y, r);
  ctx.closePath();
}

function drawBox(ctx, box, how) {
  ctx.save();
  ctx.globalAlpha = how.dim ? 0.32 : 1;
  if (how.selected) {
    ctx.lineWidth = 3;
    ctx.strokeStyle = '#e0a100';
    roundBox(ctx, box.x - 3.5, box.y - 3.5, box.w + 7, box.h + 7, 7);
    ctx.stroke();
  }
  ctx.textBaseline = 'alphabetic';
  ctx.textAlign = 'left';
  if (box.cluster) drawCluster(ctx, box, how);
  else if (box.doc.kind === 'missing') drawMissing(ctx, box);
  else if (box.doc.kind === 'unit') drawUnit(ctx, box, how);
  else drawDocument(ctx, box, how);
  ctx.restore();
}

function drawCluster(ctx, box, how) {
  roundBox(ctx, box.x, box.y, box.w, box.h, 4);
  ctx.fillStyle = how.hover ? '#e2eaf5' : '#eef2f7';
  ctx.fill();
  ctx.setLineDash([5, 3]);
  ctx.lineWidth = 1.4;
  ctx.strokeStyle = '#545d6b';
  ctx.stroke();
  ctx.setLineDash([]);
  if (!box.states.length || state.view === 'time') {
    write(ctx, box.name, '600 14.5px ' + FONT, INK, box.x + 12, box.y + 18, box.w - 20);
    write(ctx, box.line, '13px ' + FONT, SOFT, box.x + 12, box.y + 36, box.w - 20);
    return;
  }
  const room = atRight(ctx, box.much, box);
  write(ctx, box.name, '600 14.5px ' + FONT, INK, box.x + 12, box.y + 18, room - box.x - 12);
  let x = box.x + 12;
  for (const [key, n] of box.states) {
    drawMark(ctx, key, x + MARK_ROOM / 2, box.y + 31);
    write(ctx, String(n), '13px ' + FONT, '#3a4452', x + MARK_ROOM + 2, box.y + 36, 60);
    x += MARK_ROOM + 12 + ctx.measureText(String(n)).width;
  }
}

function atRight(ctx, text, box) {  // writes it at the right of the first line; returns where that leaves off
  ctx.font = '13px ' + FONT;
  ctx.fillStyle = SOFT;
  ctx.textAlign = 'right';
  ctx.fillText(text, box.x + box.w - 8, box.y + 18);
  ctx.textAlign = 'left';
  return box.x + box.w - 14 - ctx.measureText(text).width;
}

// The state of a unit: its shape tells it in grey too.
const MARKS = meta.look.marks, MARK_ROOM = 15;
function drawMark(ctx, key, x, y) {
  const { colour, full, line, dash } = MARKS[key];
  ctx.save();
  ctx.translate(x, y);
  ctx.fillStyle = ctx.strokeStyle = colour;
  ctx.lineWidth = 1.6;
  ctx.setLineDash(dash);
  if (ctx.drawData) ctx.drawData(full, line);
  else {
    if (full) ctx.fill(new Path2D(full));
    if (line) ctx.stroke(new Path2D(line));
  }
  ctx.restore();
}

function drawBadges(ctx, box) {  // on the upper right corner, where no line passes and no word stands
  let x = box.x + box.w - 5;
  for (const unit of box.doc.units) {
    ctx.beginPath();
    ctx.arc(x, box.y, 8, 0, 7);
    ctx.fillStyle = '#fff';
    ctx.fill();
    drawMark(ctx, unit.state, x, box.y);
    x -= MARK_ROOM;
  }
}

function drawUnit(ctx, box, how) {
  roundBox(ctx, box.x, box.y, box.w, box.h, 12);
  ctx.fillStyle = how.hover ? '#eff5fc' : '#fff';
  ctx.fill();
  ctx.lineWidth = 1.1;
  ctx.strokeStyle = KIND.unit;
  ctx.stroke();
  write(ctx, box.doc.name, '700 14.5px ' + FONT, INK, box.x + 12, box.y + 18, box.w - 20);
  drawMark(ctx, box.doc.units[0].state, box.x + 12 + MARK_ROOM / 2, box.y + 31);
  write(ctx, box.doc.line, '13px ' + FONT, '#3a4452', box.x + 14 + MARK_ROOM, box.y + 36, box.w - 22 - MARK_ROOM);
}

function drawMissing(ctx, box) {
  roundBox(ctx, box.x, box.y, box.w, box.h, 4);
  ctx.fillStyle = '#fff';
  ctx.fill();
  ctx.setLineDash([2, 4]);
  ctx.lineWidth = 1.2;
  ctx.strokeStyle = KIND.missing;
  ctx.stroke();
  ctx.setLineDash([]);
  write(ctx, box.doc.name, '13px ' + FONT, SOFT, box.x + 12, box.y + 27, box.w - 20);
}

function drawDocument(ctx, box, how) {
  const doc = box.doc, focus = doc.id === meta.focus, colour = KIND[doc.kind];
  roundBox(ctx, box.x, box.y, box.w, box.h, 4);
  ctx.fillStyle = focus ? '#fff0b3' : how.hover ? '#eff5fc' : '#fff';
  ctx.fill();
  ctx.save();
  ctx.clip();
  ctx.fillStyle = colour;
  ctx.fillRect(box.x, box.y, 5, box.h);
  ctx.restore();
  roundBox(ctx, box.x, box.y, box.w, box.h, 4);
  ctx.lineWidth = focus ? 2.4 : 1.3;
  ctx.strokeStyle = focus ? INK : colour;
  ctx.stroke();
  const left = box.x + 12;
  let right = box.x + box.w - 8;
  const inTime = box.row !== undefined;  // there the year is the column's
  if (doc.date && !inTime) {
    ctx.font = '13px ' + FONT;
    ctx.fillStyle = SOFT;
    ctx.textAlign = 'right';
    ctx.fillText(doc.date, right, box.y + 18);
    right -= ctx.measureText(doc.date).width + 6;
    ctx.textAlign = 'left';
  }
  const mark = (doc.conflicts ? '⚠' : '') + (doc.candidates ? '?' : '');
  if (mark) {
    ctx.font = '700 14px ' + FONT;
    ctx.fillStyle = '#a85a00';
    ctx.textAlign = 'right';
    ctx.fillText(mark, right, box.y + 18);
    right -= ctx.measureText(mark).width + 5;
    ctx.textAlign = 'left';
  }
  ctx.font = '700 14.5px ' + FONT;
  const name = inTime && ctx.measureText(doc.name).width > right - left ? doc.shortName : doc.name;
  write(ctx, name, '700 14.5px ' + FONT, INK, left, box.y + 18, right - left);
  const date = inTime && doc.date || '', day = date.length === 10 ? date.slice(0, 5) : date.length === 7 ? date : '';
  const line = inTime ? [day, doc.locality || doc.about || doc.typeWord].filter(Boolean).join(' · ') : doc.line;
  write(ctx, line, '13px ' + FONT, '#3a4452', left, box.y + 36, box.x + box.w - 8 - left);
  drawBadges(ctx, box);
}

function write(ctx, text, font, colour, x, y, width) {
  ctx.font = font;
  ctx.fillStyle = colour;
  ctx.fillText(clip(ctx, text, width), x, y);
}

function drawLine(ctx, line, how) {
  const style = lineStyle(line.type);
  ctx.save();
  ctx.globalAlpha = how.dim ? 0.13 : how.faint ? 0.42 : 1;
  ctx.strokeStyle = ctx.fillStyle = style.colour;
  ctx.lineWidth = (how.strong ? how.strong : 0) + style.width + Math.min(3, Math.log2(line.edges.length));
  ctx.setLineDash(line.planned ? PLANNED : style.dash);
  if (ctx.strokeData) ctx.strokeData(line.data); else ctx.stroke(line.path);
  ctx.setLineDash([]);
  drawArrow(ctx, line.curves[line.curves.length - 1], line.planned, 9 + Math.min(4, ctx.lineWidth));
  ctx.restore();
}

function drawArrow(ctx, curve, open, length) {
  const [x, y] = curve[3], dx = x - curve[2][0], dy = y - curve[2][1], half = length * 0.4;  // lines arrive level or upright
  ctx.beginPath();
  ctx.moveTo(x, y);
  if (Math.abs(dx) >= Math.abs(dy)) {
    const back = dx >= 0 ? -length : length;
    ctx.lineTo(x + back, y - half);
    ctx.lineTo(x + back, y + half);
  } else {
    const back = dy >= 0 ? -length : length;
    ctx.lineTo(x - half, y + back);
    ctx.lineTo(x + half, y + back);
  }
  ctx.closePath();
  if (open) {
    ctx.lineWidth = 1.3;
    ctx.save();
    ctx.fillStyle = '#fff';
    ctx.fill();
    ctx.restore();
    ctx.stroke();
  } else ctx.fill();
}

// What the selection leaves bright: its chain up and down, or the lines that were clicked.
function emphasis(scene) {
  if (state.lines) {
    const bright = new Set(state.lines.flatMap((line) => [line.lower, line.higher]));
    return { box: (id) => bright.has(id), line: (line) => state.lines.includes(line), strong: (line) => state.lines.includes(line) };
  }
  const box = scene.boxes.get(state.selected);
  if (!box) return { box: () => true, line: () => true, strong: () => false };
  const up = new Set([box.id]), down = new Set([box.id]);
  for (const [set, end, next] of [[up, 'lower', 'higher'], [down, 'higher', 'lower']]) {
    for (let grown = true; grown;) {
      grown = false;
      for (const line of scene.links || scene.lines) if (set.has(line[end]) && !set.has(line[next])) { set.add(line[next]); grown = true; }
    }
  }
  const alone = (id) => box.id === meta.focus && id in scene.alone;  // what is counted for it, and joined to nothing
  return {
    box: (id) => alone(id) || up.has(id) || down.has(id),
    line: (line) => (up.has(line.lower) && up.has(line.higher)) || (down.has(line.lower) && down.has(line.higher)),
    strong: (line) => line.lower === box.id || line.higher === box.id,
  };
}

function drawGround(ctx, scene, bright, view) {
  if (scene.time) drawYears(ctx, scene, view);
  else for (const [, x, width] of meta.columns) {
    ctx.fillStyle = '#f3f6fa';
    ctx.fillRect(x, view[1], width, view[3] - view[1]);
  }
  for (const item of scene.items.values()) {
    if (!item.heading || item.top + 30 < view[1] || item.top > view[3]) continue;
    const x = meta.columns[item.boxes[0].column][1] + size.padding;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'alphabetic';
    write(ctx, (item.cluster ? '▾ ' : '') + item.heading, '600 13.5px ' + FONT, '#3a4452', x + 1, item.top + 15, size.box_width);
  }
  const strong = [], faint = scene.lines.length > CROWDED && Boolean(scene.boxes.get(state.selected));
  for (const line of scene.lines) {
    const [left, top, right, bottom] = line.bounds;
    if (right < view[0] || left > view[2] || bottom < view[1] || top > view[3]) continue;
    if (bright.strong(line)) strong.push(line); else drawLine(ctx, line, { dim: !bright.line(line), faint });
  }
  for (const line of strong) drawLine(ctx, line, { strong: strong.length > 20 ? 0.2 : 1.1 });
}

function drawYears(ctx, scene, view) {
  scene.lanes.forEach((lane, i) => {
    ctx.fillStyle = i % 2 ? '#fafbfd' : '#f3f6fa';
    ctx.fillRect(view[0], lane.y, view[2] - view[0], lane.height - 4);
  });
  ctx.fillStyle = '#d3dae4';
  for (const year of scene.years) ctx.fillRect(year.x, view[1], 1, view[3] - view[1]);
}

// The names of lanes and years, at the edges of what is in sight; `unit` is the length of a pixel there.
function drawPins(ctx, scene, [left, top, right, bottom], unit) {
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  for (const lane of scene.lanes) {
    const name = label('level', lane.level), font = '700 ' + 14 * unit + 'px ' + FONT;
    ctx.font = font;
    const y = Math.min(Math.max(lane.y + 26, top + 50 * unit), lane.y + lane.height - 14);
    if (y < top || y - 20 * unit > bottom) continue;
    ctx.fillStyle = 'rgba(243, 246, 250, .92)';
    ctx.fillRect(left, y - 16 * unit, Math.min(ctx.measureText(name).width + 18 * unit, 150 * unit), 22 * unit);
    write(ctx, name, font, INK, left + 10 * unit, y, 136 * unit);
  }
  ctx.fillStyle = '#e9eef6';
  ctx.fillRect(left, top, right - left, 26 * unit);
  for (const year of scene.years) {
    ctx.font = '600 ' + 13 * unit + 'px ' + FONT;
    if (year.width <= time.empty && ctx.measureText(year.label).width + 8 * unit > year.width) continue;  // it holds nothing, and would run into the next
    write(ctx, year.label || phrase('no date'), '600 ' + 13 * unit + 'px ' + FONT, INK, year.x + 4 * unit, top + 18 * unit, Math.max(year.width - 4 * unit, 34 * unit));
  }
}

// ---- the whole picture on white, for PNG and SVG ----------------------------------------------------------------------

function wholeSize(scene) {
  const foot = units.length ? 62 : 40, top = scene.time ? 62 : 92;
  return { top, width: scene.time ? scene.right : scene.right - size.margin + size.bow_margin, height: scene.height + top + foot };
}

function paintPng(scene, title) {
  const { width, height } = wholeSize(scene);
  const zoom = Math.min(2, 16000 / Math.max(width, height), Math.sqrt(1e8 / (width * height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * zoom);
  canvas.height = Math.ceil(height * zoom);
  const ctx = canvas.getContext('2d');
  ctx.scale(zoom, zoom);
  paintAll(ctx, scene, title);
  return canvas;
}

function paintAll(ctx, scene, title) {
  const { top, width, height } = wholeSize(scene);
  ctx.fillStyle = '#fff';
  ctx.fillRect(0, 0, width, height);
  write(ctx, title, '700 20px ' + FONT, INK, size.margin, 32, width - 2 * size.margin);
  ctx.save();
  ctx.translate(0, top);
  const view = [0, 0, width, scene.height];
  drawGround(ctx, scene, emphasis({ boxes: new Map() }), view);
  for (const box of scene.boxes.values()) drawBox(ctx, box, {});
  if (scene.time) drawPins(ctx, scene, view, 1);
  ctx.restore();
  if (!scene.time) paintHeads(ctx, top);
  paintLegend(ctx, scene, height - 18);
}

function paintHeads(ctx, top) {
  ctx.textAlign = 'center';
  for (const [level, x, w] of meta.columns) {
    ctx.fillStyle = '#e9eef6';
    ctx.fillRect(x, 50, w, top - 50);
    write(ctx, label('level', level), '700 16px ' + FONT, INK, x + w / 2, 78, w);
  }
  ctx.textAlign = 'left';
}

function paintLegend(ctx, scene, y) {
  let x = size.margin;
  if (units.length) {
    write(ctx, phrase('legend units', { n: units.length }), '700 13px ' + FONT, INK, x, y - 22, 200);
    x += 12 + ctx.measureText(phrase('legend units', { n: units.length })).width;
  }
  for (const [key, n] of Object.entries(meta.states)) {
    drawMark(ctx, key, x + 6, y - 26);
    write(ctx, stateWord(key, n), '13px ' + FONT, INK, x + 18, y - 22, 400);
    x += 38 + ctx.measureText(stateWord(key, n)).width;
  }
  x = size.margin;
  for (const type of relationKeys.filter((key) => scene.lines.some((line) => line.type === key))) {
    const style = lineStyle(type);
    ctx.strokeStyle = style.colour;
    ctx.lineWidth = style.width;
    ctx.setLineDash(style.dash);
    ctx.beginPath();
    ctx.moveTo(x, y - 4);
    ctx.lineTo(x + 34, y - 4);
    ctx.stroke();
    ctx.setLineDash([]);
    write(ctx, relation(type)[0], '13px ' + FONT, INK, x + 40, y, 200);
    x += 60 + ctx.measureText(relation(type)[0]).width;
  }
}
