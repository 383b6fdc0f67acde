// The tables: every document, and every relation with its sentences; and both as CSV.

const held = [...documents.values()].filter((doc) => doc.kind !== 'missing' && doc.kind !== 'unit');
const fullName = (doc) => (doc.called && doc.typeWord ? doc.typeWord + ' ' + doc.name : doc.name);
const placeOf = (doc) => [...new Set([doc.locality, doc.province].filter(Boolean))].join(', ');
const shownType = (edge) => capital(relation(edge.type)[0]) + (edge.status === 'planned' ? ' (' + phrase('planned') + ')' : '');

const documentHead = ['filter level', 'column place', 'column number', 'column type', 'column date', 'column issuer', 'column subject', 'check'];
const unitHead = ['filter level', 'column unit name', 'column unit state', 'document'];
const relationHead = ['document', 'filter relation', 'column with', 'column proof'];

function oddities(doc) {
  const odd = (doc.conflicts || []).map(([field, value, text, source]) => ['⚠ ' + label('conflict', field) + ': ' + value + ' ', '“' + text + '”', ' ' + meta.sources[source]]);
  return doc.candidates ? [...odd, ['? ' + phrase('unclear'), '', '']] : odd;
}

function documentCells(doc) {
  return [label('level', doc.level), placeOf(doc), doc.name, doc.typeWord, doc.date || '', doc.issuer || '', capital(doc.title || '')];
}

// By level, in it the strongest state first; units of one state stay as they are.
const levelKeys = Object.keys(meta.words.vi.level), stateKeys = Object.keys(meta.words.vi.state);
const rankedUnits = [...units].sort((a, b) => levelKeys.indexOf(a.level) - levelKeys.indexOf(b.level) || stateKeys.indexOf(a.state) - stateKeys.indexOf(b.state));
const unitCells = (unit) => [label('level', unit.level), unit.name, label('state', unit.state), documents.get(unit.box).kind === 'unit' ? '' : documents.get(unit.box).name];

function unitTable() {
  if (!units.length) return [];
  const rows = rankedUnits.map((unit) => {
    const [level, name, said, document] = unitCells(unit), proof = unit.said.map(([text, source]) => el('p', {}, '“' + text + '” ', el('small', {}, source)));
    return el('tr', {}, el('td', {}, level), el('th', { scope: 'row' }, anchor({ id: unit.box }, name)), el('td', {}, said), el('td', {}, document || proof));
  });
  const counted = Object.entries(meta.states).map(([key, n]) => stateWord(key, n)).join('; ');
  return [el('h2', {}, phrase('table units', { n: units.length })), el('p', {}, counted), el('table', { id: 'ts-units' }, head(unitHead), el('tbody', {}, rows))];
}

const head = (keys) => el('thead', {}, el('tr', {}, keys.map((key) => el('th', { scope: 'col' }, phrase(key)))));
const anchor = (doc, name) => el('a', { href: '#' + encodeURIComponent(doc.id) }, name);

function buildTables() {
  const rows = held.map((doc) => {
    const cells = documentCells(doc);
    const tr = el('tr', { class: doc.id === meta.focus ? 'focus' : null },
      cells.map((text, i) => (i === 2 ? el('th', { scope: 'row' }, anchor(doc, text)) : el('td', { class: i === 4 ? 'date' : null }, text))),
      el('td', {}, oddities(doc).map(([what, said, where]) => el('p', {}, what, said, el('small', {}, where)))));
    return tr;
  });
  const lines = edges.map((edge) => el('tr', {},
    el('th', { scope: 'row' }, anchor(documents.get(edge.from), fullName(documents.get(edge.from)))), el('td', {}, shownType(edge)),
    el('td', {}, anchor(documents.get(edge.to), fullName(documents.get(edge.to)))),
    el('td', {}, edge.said.map(([text, source, rule]) => el('p', {}, '“' + text + '” ', el('small', {}, source + ' · ' + ruleWord(rule)))))));
  byId('ts-tables').replaceChildren(
    ...unitTable(),
    el('h2', {}, phrase('table documents', { n: held.length })), el('table', { id: 'ts-documents' }, head(documentHead), el('tbody', {}, rows)),
    el('h2', {}, phrase('table relations', { n: edges.length })), el('table', { id: 'ts-relations' }, head(relationHead), el('tbody', {}, lines)),
    ...remarks(),
  );
}

function remarks() {  // missing levels and circles, in words
  const missing = meta.missing.map((one) => el('li', {}, missingSentence(one)));
  const circles = edges.filter((edge) => edge.circle).map((edge) => el('li', {},
    '↺ ' + fullName(documents.get(edge.from)) + ' ' + relation(edge.type)[0] + ' ' + fullName(documents.get(edge.to))));
  return [
    ...(missing.length ? [el('h2', {}, phrase('missing')), el('ul', {}, missing), el('p', {}, phrase('missing advice'))] : []),
    ...(circles.length ? [el('h2', {}, phrase('circles')), el('ul', {}, circles), el('p', {}, phrase('circle advice'))] : []),
  ];
}

function missingSentence([, lower, higher, level, place]) {
  return phrase('missing sentence', { level: label('level', level), place, lower: fullName(documents.get(lower)), higher: fullName(documents.get(higher)) });
}

// ---- CSV: with the mark by which Excel knows UTF-8; what looks like a formula is text ----------------------------------

const cell = (text) => '"' + (/^[=+@\-]/.test(text) ? "'" : '') + String(text).replace(/"/g, '""') + '"';

function csv() {
  const relations = edges.map((edge) => [fullName(documents.get(edge.from)), shownType(edge), fullName(documents.get(edge.to)),
    edge.said.map(([text, source]) => '“' + text + '” ' + source).join('; ')]);
  const unitRows = units.length ? [[], unitHead.map((key) => phrase(key)), ...rankedUnits.map(unitCells)] : [];
  const rows = [documentHead.slice(0, 7).map((key) => phrase(key)), ...held.map(documentCells), [], relationHead.map((key) => phrase(key)), ...relations, ...unitRows];
  return '\ufeff' + rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

byId('ts-csv').addEventListener('click', () => save(new Blob([csv()], { type: 'text/csv;charset=utf-8' }), 'csv'));
