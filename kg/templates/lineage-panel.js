// The side panel: what is known of a document, and the sentences that say so. Text goes in as text, never as HTML.

function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

const panel = document.getElementById('ts-panel');
const OPEN_CARDS = 60, OPEN_SENTENCES = 2;

const docLink = (doc) => el('button', { type: 'button', class: 'link', click: () => select(doc.id, { move: true }) }, doc.name);
const issuerDate = (doc) => [doc.issuer || doc.locality, doc.date].filter(Boolean).join(' · ');
const aboutLine = (doc) => el('p', { class: 'about' },
  el('span', { class: 'badge ' + doc.kind }, doc.type || 'Văn bản'), ' ', issuerDate(doc));

function sentence([text, source, rule, status], planned) {
  return [
    el('blockquote', {}, '“' + text + '”'),
    el('p', { class: 'where' }, 'Nguồn: ', el('b', {}, source), rule ? ' · quy tắc ' + rule : '',
      status === 'planned' && !planned ? ' · mới dự kiến' : ''),
  ];
}

function sentences(edge) {
  const planned = edge.status === 'planned', shown = edge.said.slice(0, OPEN_SENTENCES), rest = edge.said.slice(OPEN_SENTENCES);
  return [
    ...shown.flatMap((said) => sentence(said, planned)),
    rest.length ? el('details', {}, el('summary', {}, 'Còn ' + rest.length + ' câu nữa'), rest.flatMap((said) => sentence(said, planned))) : null,
  ];
}

const plannedMark = (edge) => (edge.status === 'planned' ? el('span', { class: 'planned' }, 'mới dự kiến') : null);

function edgeCard(edge, other) {
  return el('div', { class: 'card' }, docLink(other), ' ', el('small', {}, issuerDate(other)), ' ', plannedMark(edge), sentences(edge));
}

function edgeList(title, list, end) {
  if (!list.length) return [];
  const cards = list.map((edge) => edgeCard(edge, documents.get(edge[end])));
  const rest = cards.splice(OPEN_CARDS);
  return [
    el('h3', {}, title + ' (' + list.length + ')'), ...cards,
    rest.length ? el('details', { class: 'card' }, el('summary', {}, 'Còn ' + rest.length + ' văn bản nữa'), rest) : null,
  ];
}

const byDate = (end) => (a, b) => {
  const key = (edge) => (documents.get(edge[end]).date || '9999').split('/').reverse().join('-');
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
};

function documentPanel(doc) {
  const lists = [];
  for (const [lines, end, name] of [['down', 'from', 1], ['up', 'to', 0]]) {
    const types = [...relationKeys, ...new Set(doc[lines].map((e) => e.type).filter((t) => !meta.relations[t]))];
    for (const type of types) {
      const list = doc[lines].filter((edge) => edge.type === type).sort(byDate(end));
      lists.push(...edgeList(capital(relation(type)[name]), list, end));
    }
  }
  return [
    el('h2', {}, doc.name), aboutLine(doc),
    doc.title ? el('p', { class: 'subject' }, capital(doc.title)) : null,
    doc.source ? el('p', { class: 'about' }, 'Toàn văn: ', el('b', {}, doc.source)) : null,
    doc.mentions ? el('p', { class: 'about' }, 'Được nêu ' + doc.mentions + ' lần trong kho tài liệu') : null,
    doc.candidates ? el('div', { class: 'card warn' }, '? Chưa rõ là văn bản nào trong số: ' + doc.candidates.join('; ')) : null,
    conflicts(doc),
    lists.length ? lists : el('p', { class: 'about' }, 'Không có quan hệ nào với văn bản khác trong sơ đồ này.'),
  ];
}

function conflicts(doc) {
  if (!doc.conflicts && !doc.dates) return [];
  const values = new Map();  // one card for each odd value, with all that say it
  for (const [field, value, ...said] of doc.conflicts || []) {
    const key = JSON.stringify([field, value]);
    if (!values.has(key)) values.set(key, new Map());
    values.get(key).set(said[0] + said[1], said);
  }
  const [first, ...rest] = [...values].map(([key, said]) => conflictCard(...JSON.parse(key), [...said.values()]));
  return [
    el('h3', {}, '⚠ Cần kiểm tra' + (values.size ? ' (' + values.size + ')' : '')),
    doc.dates ? el('p', { class: 'about' }, 'Các ngày được ghi: ' + doc.dates.map(([date, n]) => date + ' (' + n + ' lần)').join(', ')) : null,
    first,
    rest.length ? el('details', {}, el('summary', {}, 'Còn ' + rest.length + ' điểm khác nhau nữa'), rest) : null,
  ];
}

function conflictCard(field, value, said) {
  const [first, ...rest] = said;
  return el('div', { class: 'card warn' }, 'Có nơi ghi ' + field + ': ', el('b', {}, value), sentence(first),
    rest.length ? el('details', {}, el('summary', {}, 'Còn ' + rest.length + ' câu nữa'), rest.map((one) => sentence(one)).flat()) : null);
}

function linesPanel(lines) {
  const list = lines.flatMap((line) => line.edges);
  const cards = list.slice(0, 200).map((edge) => el('div', { class: 'card' },
    el('p', {}, docLink(documents.get(edge.from)), ' ', el('b', {}, relation(edge.type)[0]), ' ', docLink(documents.get(edge.to)), ' ', plannedMark(edge)),
    sentences(edge)));
  return [
    el('h2', {}, list.length > 1 ? list.length + ' quan hệ trên đường này' : 'Quan hệ: ' + relation(list[0].type)[0]), ...cards,
    list.length > 200 ? el('p', { class: 'about' }, 'Chỉ hiện 200 quan hệ đầu; xem đủ ở dạng bảng.') : null,
  ];
}

function clusterPanel(box) {
  return [
    el('h2', {}, box.name.slice(2)), el('p', { class: 'about' }, meta.levels[meta.columns[box.column][0]] + ' · ' + box.line),
    el('p', {}, el('button', { type: 'button', click: () => openCluster(box.cluster) }, 'Mở nhóm')),
    ...box.documents.slice(0, 200).map((id) => el('div', { class: 'card' }, docLink(documents.get(id)), ' ', el('small', {}, issuerDate(documents.get(id))))),
  ];
}

function overviewPanel() {
  const rows = meta.columns.map(([level, , , count]) => el('tr', {}, el('td', {}, meta.levels[level]), el('td', {}, String(count))));
  const doubtful = [...documents.values()].filter((doc) => doc.conflicts || doc.candidates);
  const focus = documents.get(meta.focus);
  return [
    el('h2', {}, 'Tổng quan'),
    focus ? el('p', { class: 'subject' }, 'Văn bản gốc: ', docLink(focus)) : null,
    el('table', { class: 'counts' }, el('tbody', {}, rows)),
    el('p', { class: 'subject' }, 'Chọn một khung để xem câu dẫn chứng, chọn một đường để xem quan hệ.'),
    el('p', { class: 'about' }, 'Mũi tên đi từ văn bản được thực hiện (hoặc được nhắc đến) đến văn bản thực hiện.'),
    doubtful.length ? el('h3', {}, '⚠ Cần kiểm tra (' + doubtful.length + ')') : null,
    ...doubtful.slice(0, 100).map((doc) => el('div', { class: 'card' }, docLink(doc), ' ', el('small', {}, issuerDate(doc)))),
  ];
}

function showPanel(scene) {
  const box = scene.boxes.get(state.selected), doc = documents.get(state.selected);
  const parts = state.lines ? linesPanel(state.lines) : doc ? documentPanel(doc) : box ? clusterPanel(box) : overviewPanel();
  panel.replaceChildren(...parts.flat(2).filter(Boolean));
  panel.scrollTop = 0;
  document.getElementById('ts-live').textContent = doc ? [doc.name, doc.line, doc.date].filter(Boolean).join(', ') : box ? box.name.slice(2) + ', ' + box.line : '';
}
