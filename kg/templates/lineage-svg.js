// A canvas that writes SVG: as much of one as the drawing uses, so that the file shows what the screen does.

function svgCanvas(width, height) {
  const parts = [], stack = [], measure = document.createElement('canvas').getContext('2d');
  const round = (value) => Math.round(value * 100) / 100;
  const safe = (text) => String(text).replace(/[^\t\n\r\x20-\uFFFD]/g, '?').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
  let path = [], here = [0, 0], dash = [], shift = 0, aside = 0;
  const kept = ['globalAlpha', 'lineWidth', 'strokeStyle', 'fillStyle', 'font', 'textAlign'];
  const alpha = () => (ctx.globalAlpha < 1 ? ' opacity="' + round(ctx.globalAlpha) + '"' : '');
  const filled = () => ' fill="' + safe(ctx.fillStyle) + '"' + alpha();
  const stroked = () => ' fill="none" stroke="' + safe(ctx.strokeStyle) + '" stroke-width="' + round(ctx.lineWidth) + '"'
    + (dash.length ? ' stroke-dasharray="' + dash.join(' ') + '"' : '') + alpha();
  const at = (x, y) => round(x + aside) + ' ' + round(y + shift);
  const step = (letter, x, y) => { path.push(letter + at(x, y)); here = [x, y]; };
  const ctx = {
    globalAlpha: 1, lineWidth: 1, strokeStyle: '#000', fillStyle: '#000', font: '13px sans-serif', textAlign: 'left',
    save() { stack.push([kept.map((name) => ctx[name]), dash, shift, aside]); },
    restore() { const [values, ...rest] = stack.pop(); kept.forEach((name, i) => { ctx[name] = values[i]; }); [dash, shift, aside] = rest; },
    translate(x, y) { aside += x; shift += y; },
    clip() {},
    setLineDash(given) { dash = given; },
    beginPath() { path = []; },
    moveTo(x, y) { step('M', x, y); },
    lineTo(x, y) { step('L', x, y); },
    arcTo(x, y, toX, toY, r) {
      const away = (fromX, fromY) => { const d = Math.hypot(fromX - x, fromY - y) || 1; return [x + (fromX - x) / d * r, y + (fromY - y) / d * r]; };
      const [endX, endY] = away(toX, toY);
      step('L', ...away(...here));
      path.push('Q' + at(x, y) + ' ' + at(endX, endY));
      here = [endX, endY];
    },
    closePath() { path.push('Z'); },
    fill() { parts.push('<path d="' + path.join('') + '"' + filled() + '/>'); },
    stroke() { parts.push('<path d="' + path.join('') + '"' + stroked() + '/>'); },
    strokeData(data) { parts.push('<path transform="translate(0 ' + shift + ')" d="' + data + '"' + stroked() + '/>'); },
    arc(x, y, r) { path.push('M' + at(x - r, y) + 'A' + r + ' ' + r + ' 0 1 1 ' + at(x + r, y) + 'A' + r + ' ' + r + ' 0 1 1 ' + at(x - r, y)); },
    drawData(full, line) {
      const place = 'transform="translate(' + at(0, 0) + ')"';
      if (full) parts.push('<path ' + place + ' d="' + full + '"' + filled() + '/>');
      if (line) parts.push('<path ' + place + ' d="' + line + '"' + stroked() + '/>');
    },
    fillRect(x, y, w, h) { parts.push('<rect x="' + round(x) + '" y="' + round(y + shift) + '" width="' + round(w) + '" height="' + round(h) + '"' + filled() + '/>'); },
    measureText(text) { measure.font = ctx.font; return measure.measureText(text); },
    fillText(text, x, y) {
      const [, weight, pixels] = /^(\d+ )?([\d.]+)px/.exec(ctx.font), anchor = { right: 'end', center: 'middle' }[ctx.textAlign];
      parts.push('<text x="' + round(x) + '" y="' + round(y + shift) + '" font-size="' + pixels + '"' + (weight ? ' font-weight="' + weight.trim() + '"' : '')
        + (anchor ? ' text-anchor="' + anchor + '"' : '') + filled() + '>' + safe(text) + '</text>');
    },
    text() {
      return '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ' + round(width) + ' ' + round(height) + '" width="' + round(width)
        + '" height="' + round(height) + '" font-family="' + safe(FONT) + '">\n' + parts.join('\n') + '\n</svg>\n';
    },
  };
  return ctx;
}

function paintSvg(scene, title) {
  const { width, height } = wholeSize(scene), ctx = svgCanvas(width, height);
  paintAll(ctx, scene, title);
  return ctx.text();
}
