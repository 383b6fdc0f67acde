// The side panel: what is known of a document, and the sentences that say so. Text goes in as text, never as HTML.

const panel = document.getElementById('ts-panel');
const OPEN_CARDS = 60, OPEN_SENTENCES = 2;

const docLink = (doc) => el('button', { type: 'button', class: 'link', click: () => select(doc.id, { move: true }) }, doc.name);
const issuerDate = (doc) => [doc.issuer || doc.locality, doc.date].filter(Boolean).join(' · ');
const aboutLine = (doc) => el('p', { class: 'about' },
  el('span', { class: 'badge ' + doc.kind }, doc.typeWord || phrase('document')), ' ', issuerDate(doc));

function sentence([text, source, rule, onlyPlanned], planned) {
  return [
    el('blockquote', {}, '“' + text + '”'),
    el('p', { class: 'where' }, phrase('source') + ': ', el('b', {}, source), ' · ' + phrase('rule') + ' ' + ruleWord(rule),
      onlyPlanned && !planned ? ' · ' + phrase('planned') : ''),
  ];
}

function sentences(edge) {
  const planned = edge.status === 'planned', shown = edge.said.slice(0, OPEN_SENTENCES), rest = edge.said.slice(OPEN_SENTENCES);
  return [
    ...shown.flatMap((said) => sentence(said, planned)),
    rest.length ? el('details', {}, el('summary', {}, phrase('more sentences', { n: rest.length })), rest.flatMap((said) => sentence(said, planned))) : null,
  ];
}

const plannedMark = (edge) => (edge.status === 'planned' ? el('span', { class: 'planned' }, phrase('planned')) : null);

function edgeCard(edge, other) {
  return el('div', { class: 'card' }, docLink(other), ' ', el('small', {}, issuerDate(other)), ' ', plannedMark(edge), sentences(edge));
}

function edgeList(title, list, end) {
  if (!list.length) return [];
  const cards = list.map((edge) => edgeCard(edge, documents.get(edge[end])));
  const rest = cards.splice(OPEN_CARDS);
  return [
    el('h3', {}, title + ' (' + list.length + ')'), ...cards,
    rest.length ? el('details', { class: 'card' }, el('summary', {}, phrase('more documents', { n: rest.length })), rest) : null,
  ];
}

const byDate = (end) => (a, b) => {
  const key = (edge) => (documents.get(edge[end]).date || '9999').split('/').reverse().join('-');
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
};

function documentPanel(doc) {
  const lists = [];
  for (const [lines, end, name] of [['down', 'from', 1], ['up', 'to', 0]]) {
    const types = [...relationKeys, ...new Set(doc[lines].map((e) => e.type).filter((t) => !relationKeys.includes(t)))];
    for (const type of types) {
      const list = doc[lines].filter((edge) => edge.type === type).sort(byDate(end));
      lists.push(...edgeList(capital(relation(type)[name]), list, end));
    }
  }
  return [
    el('h2', {}, doc.name), aboutLine(doc),
    doc.title ? el('p', { class: 'subject' }, capital(doc.title)) : null,
    doc.source ? el('p', { class: 'about' }, phrase('full text') + ': ', el('b', {}, doc.source)) : null,
    doc.mentions ? el('p', { class: 'about' }, phrase('mentioned', { n: doc.mentions })) : null,
    ...doc.units.map((unit) => el('p', { class: 'about' }, markSign(unit.state), ' ', unit.name + ': ' + label('state', unit.state))),
    doc.candidates ? el('div', { class: 'card warn' }, phrase('candidates') + ': ' + doc.candidates.join('; ')) : null,
    conflicts(doc), around(doc),
    lists.length ? lists : el('p', { class: 'about' }, phrase('no relations')),
  ];
}

function conflicts(doc) {
  if (!doc.conflicts && !doc.dates) return [];
  const values = new Map();  // one card for each odd value, with all that say it
  for (const [field, value, text, source, rule] of doc.conflicts || []) {
    const said = [text, meta.sources[source], rule];
    const key = JSON.stringify([field, value]);
    if (!values.has(key)) values.set(key, new Map());
    values.get(key).set(said[0] + said[1], said);
  }
  const [first, ...rest] = [...values].map(([key, said]) => conflictCard(...JSON.parse(key), [...said.values()]));
  return [
    el('h3', {}, '⚠ ' + phrase('check') + (values.size ? ' (' + values.size + ')' : '')),
    doc.dates ? el('p', { class: 'about' }, phrase('dates stated') + ': ' + doc.dates.map(([date, n]) => date + ' (' + phrase('times', { n }) + ')').join(', ')) : null,
    first,
    rest.length ? el('details', {}, el('summary', {}, phrase('more conflicts', { n: rest.length })), rest) : null,
  ];
}

function conflictCard(field, value, said) {
  const [first, ...rest] = said;
  return el('div', { class: 'card warn' }, phrase('some state', { field: label('conflict', field) }) + ': ', el('b', {}, value), sentence(first),
    rest.length ? el('details', {}, el('summary', {}, phrase('more sentences', { n: rest.length })), rest.map((one) => sentence(one)).flat()) : null);
}

function around(doc) {  // what is doubtful about where it stands
  const missing = meta.missing.filter(([, lower]) => lower === doc.id);
  const circles = [...doc.up, ...doc.down].filter((edge) => edge.circle);
  return [
    ...missing.map((one) => el('div', { class: 'card warn' }, missingSentence(one))),
    ...circles.map((edge) => el('div', { class: 'card warn' }, '↺ ' + phrase('circle') + ': ', docLink(documents.get(edge.from)), ' ',
      relation(edge.type)[0], ' ', docLink(documents.get(edge.to)), '. ' + phrase('circle advice'))),
  ];
}

function missingPanel(doc) {
  const said = meta.missing.filter(([box]) => box === doc.id);
  return [
    el('h2', {}, doc.name), el('p', { class: 'about' }, doc.line),
    ...said.map((one) => el('div', { class: 'card warn' }, missingSentence(one), ' ', docLink(documents.get(one[1])))),
    el('p', { class: 'about' }, phrase('missing advice')),
  ];
}

function unitPanel(doc) {
  const [unit] = doc.units;
  return [
    el('h2', {}, doc.name), el('p', { class: 'about' }, doc.issuer), el('p', { class: 'subject' }, markSign(unit.state), ' ', label('state', unit.state)),
    ...unit.said.map((said) => el('div', { class: 'card' }, sentence(said))),
    unit.files.length ? el('p', { class: 'about' }, phrase('files here') + ': ' + unit.files.join(', ')) : null,
    el('p', { class: 'about' }, phrase('states advice')),
  ];
}

function linesPanel(lines) {
  const list = lines.flatMap((line) => line.edges);
  const cards = list.slice(0, 200).map((edge) => el('div', { class: 'card' },
    el('p', {}, docLink(documents.get(edge.from)), ' ', el('b', {}, relation(edge.type)[0]), ' ', docLink(documents.get(edge.to)), ' ', plannedMark(edge)),
    sentences(edge)));
  return [
    el('h2', {}, list.length > 1 ? phrase('relations here', { n: list.length }) : phrase('one relation') + ': ' + relation(list[0].type)[0]), ...cards,
    list.length > 200 ? el('p', { class: 'about' }, phrase('first relations', { n: 200 })) : null,
  ];
}

function clusterPanel(box) {
  return [
    el('h2', {}, box.name.slice(2)), el('p', { class: 'about' }, label('level', meta.columns[box.column][0]) + ' · ' + box.line),
    el('p', {}, el('button', { type: 'button', click: () => openCluster(box.cluster) }, phrase('open group'))),
    ...box.documents.slice(0, 200).map((id) => el('div', { class: 'card' }, docLink(documents.get(id)), ' ', el('small', {}, issuerDate(documents.get(id))))),
  ];
}

function overviewPanel() {
  const rows = meta.columns.map(([level, , , count]) => el('tr', {}, el('td', {}, label('level', level)), el('td', {}, String(count))));
  const doubtful = held.filter((doc) => doc.conflicts || doc.candidates);
  const focus = documents.get(meta.focus);
  const states = Object.entries(meta.states).map(([key, n]) => el('tr', {}, el('td', {}, markSign(key), ' ' + label('state', key)), el('td', {}, String(n))));
  return [
    el('h2', {}, phrase('overview')),
    focus ? el('p', { class: 'subject' }, phrase('root') + ': ', docLink(focus)) : null,
    el('table', { class: 'counts' }, el('tbody', {}, rows)),
    units.length ? el('h3', {}, phrase('table units', { n: units.length })) : null,
    units.length ? el('table', { class: 'counts' }, el('tbody', {}, states)) : null,
    units.length ? el('p', { class: 'about' }, phrase('states advice')) : null,
    el('p', { class: 'subject' }, phrase('how to')),
    el('p', { class: 'about' }, phrase('arrows')),
    doubtful.length ? el('h3', {}, '⚠ ' + phrase('check') + ' (' + doubtful.length + ')') : null,
    ...remarks(),
    ...doubtful.slice(0, 100).map((doc) => el('div', { class: 'card' }, docLink(doc), ' ', el('small', {}, issuerDate(doc)))),
  ];
}

function showPanel(scene) {
  const box = scene.boxes.get(state.selected), doc = documents.get(state.selected);
  const parts = state.lines ? linesPanel(state.lines) : doc ? (doc.kind === 'missing' ? missingPanel(doc) : doc.kind === 'unit' ? unitPanel(doc) : documentPanel(doc)) : box ? clusterPanel(box) : overviewPanel();
  panel.replaceChildren(...parts.flat(2).filter(Boolean));
  panel.scrollTop = 0;
  document.getElementById('ts-live').textContent = doc ? [doc.name, doc.line, doc.date].filter(Boolean).join(', ') : box ? box.name.slice(2) + ', ' + box.line : '';
}
