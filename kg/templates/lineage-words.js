// The data of the page, and what it says, in two languages. Text goes in as text, never as HTML.

const byId = (id) => document.getElementById(id);
const read = (id) => JSON.parse(byId(id).textContent);
const nodes = read('ts-nodes'), edges = read('ts-edges'), meta = read('ts-meta');
const size = meta.size, limits = meta.limits;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// Dân vận = dan van = DÂN VẬN; a hyphen, a slash and a blank are one.
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐÐ]/g, 'd').toLowerCase()
  .replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

let language = meta.language;
// {n} is a value, counts with their thousands apart; {n:day|days} is the word for one or for many.
const shown = (value) => (typeof value === 'number' ? String(value).replace(/\B(?=(\d{3})+$)/g, language === 'vi' ? '.' : ',') : value);
const phrase = (key, values) => meta.words[language].phrases[key].replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g,
  (_, name, one, many) => (many === undefined ? shown(values[name]) : values[name] === 1 ? one : many));
const label = (field, key) => (key in meta.words[language][field] ? meta.words[language][field][key] : key);
const relationKeys = Object.keys(meta.words[language].relation);
const relation = (type) => [label('relation', type), label('inverse', type)];
const typeWord = (type) => capital(label('type', type));
function ruleWord(number) {
  const [right, fired] = meta.measured[number] || [];
  return meta.words[language].rules[number] + (fired ? ', ' + phrase('measured', { right, fired }) : '');
}

const documents = new Map();  // in reading order; the empty boxes of missing levels too
const members = meta.groups.map(() => []);
for (const node of nodes) {
  const doc = Object.assign({ id: node.id, up: [], down: [] }, node.doc);
  doc.column = meta.groups[doc.group][1];
  doc.level = meta.columns[doc.column][0];
  documents.set(doc.id, doc);
  members[doc.group].push(doc.id);
}
for (const edge of edges) {
  edge.said = edge.said.map(([text, source, rule, planned]) => [text, meta.sources[source], rule, planned]);
  documents.get(edge.from).up.push(edge);
  documents.get(edge.to).down.push(edge);
}

// Units: each has one mark, at its strongest document or on a box of its own.
const units = meta.units.map(([box, name, level, unitState, said, files]) => ({ box, name, level, state: unitState, files,
  said: said.map(([text, source, rule, planned]) => [text, meta.sources[source], rule, planned]) }));
for (const doc of documents.values()) doc.units = [];
for (const unit of units) documents.get(unit.box).units.push(unit);
const stateWord = (key, n) => phrase('legend state', { state: label('state', key), n });
const countStates = (ids) => Object.keys(meta.words.vi.state)
  .map((key) => [key, ids.reduce((sum, id) => sum + documents.get(id).units.filter((unit) => unit.state === key).length, 0)]).filter(([, n]) => n);
const placeHeading = (heading) => (heading.startsWith('?') ? phrase('no place') + heading.slice(1) : heading);

function nameAll() {  // what depends on the language
  for (const doc of documents.values()) {
    const type = doc.type ? typeWord(doc.type) : '';
    doc.name = doc.kind === 'missing' ? phrase('missing box') : doc.called || (type || phrase('document')) + ' ' + phrase('unnumbered');
    doc.shortName = doc.called || doc.short + ' ' + phrase('unnumbered');
    doc.line = doc.kind === 'unit' ? label('state', doc.units[0].state) : doc.kind === 'missing' ? [doc.locality, label('level', doc.level)].filter(Boolean).join(' · ')
      : [doc.typed ? type : '', doc.about].filter(Boolean).join(' · ') || phrase(doc.typed === false ? 'assembly' : 'no issuer');
    doc.typeWord = type;
  }
}
nameAll();

function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

// What stands in the page itself: data-say is its text, data-say-title and the like its attributes.
function translatePage() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-say]')) element.textContent = phrase(element.dataset.say, {});
  for (const [name, attribute] of [['title', 'title'], ['label', 'aria-label'], ['hint', 'placeholder']]) {
    for (const element of document.querySelectorAll('[data-say-' + name + ']')) element.setAttribute(attribute, phrase(element.getAttribute('data-say-' + name), {}));
  }
  document.title = byId('ts-heading').textContent = meta.headings[language];
  byId('ts-count').textContent = phrase('counts', meta.counts);
  const other = language === 'vi' ? 'en' : 'vi';
  byId('ts-language').textContent = meta.words[other].phrases.language;
  byId('ts-language').lang = other;
}

function fileName(ending) {
  const focus = documents.get(meta.focus);
  return 'so-do-' + fold(focus ? focus.name : 'van ban').replace(/ /g, '-') + '.' + ending;
}

function save(blob, ending) {
  const link = el('a', { href: URL.createObjectURL(blob), download: fileName(ending) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
