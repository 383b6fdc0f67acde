// Narrowing down and finding: the filters and the search box.

// ---- filters ----------------------------------------------------------------------------------------------------------

const form = byId('ts-form');

function choices(legend, field, values, label) {
  return el('fieldset', {}, el('legend', {}, legend), values.map((value) => {
    const input = el('input', { type: 'checkbox', change: () => {
      if (input.checked) state.hidden[field].delete(value); else state.hidden[field].add(value);
      rebuild({ before: state.selected, after: state.selected });
    } });
    input.checked = !state.hidden[field].has(value);
    return el('label', {}, input, label(value));
  }));
}

function yearInput(name, label) {
  const years = held.map((doc) => doc.year).filter(Boolean);
  const input = el('input', { type: 'number', 'aria-label': label, placeholder: String(name === 'from' ? Math.min(...years) : Math.max(...years)), change: () => {
    state[name] = input.value ? Number(input.value) : null;
    rebuild({ before: state.selected, after: state.selected });
  } });
  input.value = state[name] === null ? '' : state[name];
  return input;
}

function buildFilters() {
  const kinds = Object.keys(meta.words[language].kind).filter((kind) => held.some((doc) => doc.kind === kind));
  if ([...documents.values()].some((doc) => doc.kind === 'unit')) kinds.push('unit');
  const types = relationKeys.filter((type) => edges.some((edge) => edge.type === type));
  form.replaceChildren(
    choices(phrase('filter kind'), 'kind', kinds, (kind) => (kind === 'unit' ? phrase('filter units') : label('kind', kind))),
    choices(phrase('filter relation'), 'relation', types, (type) => relation(type)[0]),
    choices(phrase('filter level'), 'level', meta.columns.map(([level]) => level), (level) => label('level', level)),
    el('fieldset', {}, el('legend', {}, phrase('filter year')), yearInput('from', phrase('from year')), '–', yearInput('to', phrase('to year'))),
    el('button', { type: 'button', click: () => { clearFilters(); rebuild(); } }, phrase('clear')),
  );
}

function clearFilters() {
  for (const set of Object.values(state.hidden)) set.clear();
  state.from = state.to = state.chain = null;
  buildFilters();
}

form.addEventListener('submit', (event) => event.preventDefault());

// ---- search -----------------------------------------------------------------------------------------------------------

const search = byId('ts-search'), found = byId('ts-found');
const haystacks = [...documents.values()].filter((doc) => doc.kind !== 'missing').map((doc) => {
  const number = /^(\d+)\P{L}*(\p{Lu}+)/u.exec(doc.name) || [];
  const english = (meta.words.en.type || {})[doc.type];
  return [doc, fold(doc.name), fold([doc.name, (number[2] || '') + (number[1] || ''), doc.type, english, doc.short, doc.issuer, doc.about, doc.title,
    doc.locality, doc.province, doc.date].filter(Boolean).join(' '))];
});
let hits = [], active = -1;

function lookUp() {
  const words = fold(search.value).split(' ').filter(Boolean);
  hits = words.length ? haystacks.filter(([, , text]) => words.every((word) => text.includes(word))) : [];
  const whole = words.join(' ');
  const rank = ([, name]) => (name === whole ? 0 : name.startsWith(whole) ? 1 : words.every((word) => name.includes(word)) ? 2 : 3);
  hits = hits.map((hit, i) => [rank(hit), i, hit]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 30).map(([, , [doc]]) => doc);
  active = -1;
  found.replaceChildren(...hits.map((doc, i) => el('li', { role: 'option', id: 'ts-hit-' + i, 'aria-selected': 'false', mousedown: (event) => { event.preventDefault(); choose(i); } },
    el('b', {}, doc.name), doc.date || '', el('span', {}, [doc.kind === 'unit' ? doc.line : doc.typeWord, doc.issuer, doc.title].filter(Boolean).join(' · ').slice(0, 120)))));
  if (words.length && !hits.length) found.append(el('li', { class: 'nothing' }, phrase('nothing found')));
  openFound(words.length > 0);
}

function openFound(open) {
  found.hidden = !open;
  search.setAttribute('aria-expanded', String(open));
}

function choose(i) {
  if (!hits[i]) return;
  openFound(false);
  select(hits[i].id, { move: true });
}

function mark(i) {
  active = within(i, 0, hits.length - 1);
  [...found.children].forEach((item, at) => item.setAttribute('aria-selected', String(at === active)));
  search.setAttribute('aria-activedescendant', 'ts-hit-' + active);
  if (found.children[active]) found.children[active].scrollIntoView({ block: 'nearest' });
}

search.addEventListener('input', lookUp);
search.addEventListener('blur', () => openFound(false));
search.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (hits.length) mark(active + (event.key === 'ArrowDown' ? 1 : -1));
  } else if (event.key === 'Enter') {
    choose(Math.max(active, 0));
    canvasHome.focus({ preventScroll: true });
  } else if (event.key === 'Escape') {
    search.value = '';
    openFound(false);
    canvasHome.focus({ preventScroll: true });
  }
  event.stopPropagation();
});
