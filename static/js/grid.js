// A table of rows as in Excel: arrows, typing, Enter, Tab, Esc; one row is one request.
// What is typed stays in its cell until the server has said that it is saved; until then an
// encrypted copy is kept on this computer too (draft.js), where the browser allows it.
const PATIENCE = 20000, AGAIN = 15000;
const root = document.querySelector('[data-grid]');
const wide = matchMedia('(min-width: 40em)');
const WORST = ['out', 'offline', 'here', 'conflict', 'closed', 'refused', 'error', 'saving'];
const STEPS = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]};

function grid() {
  const say = root.dataset;
  const table = root.querySelector('table');
  const heads = table.rows[0].cells;
  const rows = [...table.tBodies[0].rows];
  const find = (name) => document.querySelector(`[data-${name}]`);
  const line = find('line'), trouble = find('trouble'), sums = find('sums'), paste = find('paste');
  const unsaved = new Map(); // of a cell: text, old text, state, message
  const ways = new Map(rows.map((row) => [row, {}])); // of a row: what is under way
  const copies = import(say.module).then((module) => ({module, key: module.unlock(root)}));
  let at = rows[0].cells[1], open = null, last = '', timer = 0, ids = 0;

  const make = (tag, text, more) => Object.assign(document.createElement(tag), {textContent: text}, more);
  const head = (cell) => heads[cell.cellIndex].dataset;
  const rowOf = (cell) => cell.parentNode;
  const number = (row) => row.cells[0].textContent;
  const title = (cell) => `${number(rowOf(cell))} ${heads[cell.cellIndex].textContent}`;
  const editable = (cell) => rowOf(cell).dataset.r && head(cell).n;
  const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
  const typed = (row) => [...unsaved.keys()].filter((cell) => rowOf(cell) === row);
  const mark = (cells, state, message) => cells.forEach((cell) => Object.assign(unsaved.get(cell), {state, message}));
  const hold = (cell) => { at.tabIndex = -1; at = cell; at.tabIndex = 0; };
  const go = (cell) => { if (cell) { hold(cell); cell.focus(); } };
  const beside = (cell, down, right) => {
    const row = rows[rows.indexOf(rowOf(cell)) + down];
    return row && row.cells[cell.cellIndex + right];
  };

  rows.forEach((row) => {
    // The link of the row moves to its number: a click on a cell is for the cell.
    const link = row.querySelector('a'), place = row.cells[0];
    const text = link.textContent;
    rowOf(link).textContent = text === '–' ? '' : text;
    link.setAttribute('aria-label', `${number(row)} ${text}`);
    link.textContent = number(row);
    link.tabIndex = -1;
    place.textContent = '';
    place.append(link);
    [...row.cells].forEach((cell) => {
      cell.tabIndex = -1;
      if (!editable(cell)) cell.setAttribute('aria-readonly', true);
    });
  });
  table.setAttribute('role', 'grid');
  table.setAttribute('aria-label', root.getAttribute('aria-label'));
  root.removeAttribute('tabindex');
  find('keys').hidden = false;
  hold(at);

  function edit(cell, start) {
    const {n, how} = head(cell), kept = unsaved.get(cell);
    if (open) return;
    if (!editable(cell) || ways.get(rowOf(cell)).both) { line.textContent = editable(cell) ? say.conflict : say.fixed; return; }
    const choose = how === 'select';
    const input = choose ? find(`of="${n}"`).content.firstElementChild.cloneNode(true) : make(how === 'words' ? 'textarea' : 'input');
    if (how === 'list') input.setAttribute('list', `of-${n}`);
    const was = cell.textContent;
    const choice = choose && start && [...input.options].find((option) => option.text.toLowerCase().startsWith(start.toLowerCase()));
    input.value = choice ? choice.value : start === undefined || (choose && start) ? was : start;
    input.setAttribute('aria-label', title(cell));
    open = {cell, input, was, old: kept ? kept.old : was};
    cell.textContent = '';
    cell.append(input);
    input.focus();
    input.addEventListener('blur', () => close(true));
  }

  // Leave the open cell: with what was typed, or with what the document says.
  function close(keep) {
    if (!open) return;
    const {cell, input, was, old} = open, row = rowOf(cell);
    const text = keep ? input.value.trim() : old;
    open = null;
    cell.textContent = text;
    if (text === old && !ways.get(row).flying) settle(cell);
    else if (text !== was) {
      unsaved.set(cell, {text, old, state: 'saving'});
      send(row);
    }
    show();
  }

  function settle(cell, state) {
    unsaved.delete(cell);
    cell.dataset.s = state || '';
    if (!state) delete cell.dataset.s;
    ['aria-invalid', 'aria-describedby', 'title'].forEach((name) => cell.removeAttribute(name));
  }

  async function send(row, only) {
    const way = ways.get(row), cells = only || typed(row);
    if (way.flying || way.both || !cells.length) { way.more = way.flying; return; }
    const texts = new Map(cells.map((cell) => [cell, unsaved.get(cell).text]));
    const said = [...texts].map(([cell, text]) => [head(cell).n, text]);
    // The same words on the same text, sent again, are the same save.
    const what = JSON.stringify([row.dataset.r, said]);
    if (way.what !== what) Object.assign(way, {what, once: random()});
    const body = new URLSearchParams(said);
    Object.entries({base: row.dataset.r, once: way.once, window: way.once, seal: say.seal, where: number(row)}).forEach((pair) => body.append(...pair));
    copy(row, way, [...body]);
    body.append('csrfmiddlewaretoken', paste.elements[0].value);
    const control = new AbortController();
    const giveUp = setTimeout(() => control.abort(), PATIENCE);
    way.flying = true;
    mark(cells, 'saving');
    show();
    let status = 0, page = '';
    try {
      const url = say.before + row.querySelector('a').href.match(/[\da-f-]{36}/) + say.after;
      const response = await fetch(url, {method: 'POST', body, redirect: 'manual', signal: control.signal});
      page = response.type === 'opaqueredirect' ? 'kept=' : await response.text();
      status = response.status || 401;
    } catch (error) { status = 0; }
    clearTimeout(giveUp);
    way.flying = false;
    heard(row, way, texts, status, page);
  }

  function copy(row, way, fields) {
    way.id = way.id || random();
    way.copied = copies.then(({module, key}) => module.hold(key, way.id, fields)).catch(() => false);
  }

  // Of a row that has nothing unsaved any more.
  function drop(row, way) {
    if (!way.id || way.flying || typed(row).length) return;
    const {id} = way;
    way.id = '';
    copies.then(({module}) => module.forget(id)).catch(() => {});
  }

  function heard(row, way, texts, status, page) {
    const answer = page[0] === '{' ? JSON.parse(page) : {}, {errors, both} = answer;
    // Typed on in the meantime: then the answer is not about what the cell holds now.
    const cells = [...texts.keys()].filter((cell) => unsaved.has(cell) && unsaved.get(cell).text === texts.get(cell));
    let rest = null;
    if (status === 200 || (both && !both.length)) {
      cells.forEach((cell) => settle(cell, 'saved'));
      row.dataset.r = answer.revision;
      take(row, answer);
      last = answer.at || last;
      clearTimeout(timer);
      timer = setTimeout(total, 400);
    } else if (errors) {
      cells.forEach((cell) => { if (errors[head(cell).n]) mark([cell], 'error', errors[head(cell).n]); });
      // What is not at fault is saved without what is.
      rest = cells.filter((cell) => !errors[head(cell).n]);
      if (rest.length === texts.size) { mark(rest, 'error', Object.values(errors).join(' ')); rest = null; }
    } else if (both) {
      mark(cells, 'conflict');
      way.both = answer;
      take(row, answer);
    } else if (answer.message) mark(cells, answer.closed ? 'closed' : 'error', answer.message);
    else if (page.includes('kept=')) mark(cells, 'out');
    else if (status && status < 500) mark(cells, 'refused');
    else {
      mark(cells, 'offline');
      way.copied.then((yes) => {
        mark(cells.filter((cell) => yes && unsaved.has(cell) && unsaved.get(cell).state === 'offline'), 'here');
        show();
      });
      setTimeout(again, AGAIN);
    }
    if (rest && rest.length) send(row, rest);
    else if (way.more) send(row);
    show();
  }

  // What the row says now, in every cell that nobody is typing into.
  function take(row, {number: called, cells}) {
    const link = row.querySelector('a');
    if (called && link.textContent !== called) {
      link.textContent = called;
      find('moved').hidden = false;
    }
    [...row.cells].forEach((cell) => {
      const text = cells[head(cell).n];
      if (text === undefined) return;
      if (unsaved.has(cell)) unsaved.get(cell).old = text;
      else if (open && open.cell === cell) open.old = text;
      else cell.textContent = text;
    });
  }

  async function total() {
    const query = new URLSearchParams(location.search);
    query.set('part', 'totals');
    try {
      const response = await fetch(`?${query}`, {redirect: 'error'});
      if (response.ok && !sums.contains(document.activeElement)) sums.innerHTML = await response.text();
    } catch (error) { /* they are asked for again with the next save */ }
  }

  const again = () => new Set([...unsaved].filter(([, kept]) => ['offline', 'here'].includes(kept.state)).map(([cell]) => rowOf(cell))).forEach((row) => send(row));

  // The truth about what is typed: in the line above, in the cells, in the list below.
  function show() {
    const states = [...unsaved.values()].map((kept) => kept.state);
    const worst = WORST.find((state) => states.includes(state));
    ways.forEach((way, row) => drop(row, way));
    const text = worst ? say[worst] : last ? say.saved.replace('{at}', last) : '';
    if (text !== line.textContent) line.textContent = text;
    const list = make('ul');
    unsaved.forEach(({state, message}, cell) => {
      cell.dataset.s = state;
      if (state === 'saving' || state === 'conflict') return;
      cell.id = cell.id || `cell-${ids += 1}`;
      const why = message || say[state];
      const item = make('li', '', {id: `${cell.id}-why`}), link = make('a', `${title(cell)}: ${why}`, {href: `#${cell.id}`});
      link.onclick = (event) => { event.preventDefault(); go(cell); edit(cell); };
      item.append(link);
      if (state === 'out') item.append(' ', make('a', say.sign, {href: location.pathname}));
      list.append(item);
      cell.setAttribute('aria-invalid', true);
      cell.setAttribute('aria-describedby', item.id);
      cell.title = why;
    });
    if (trouble.contains(document.activeElement)) return;
    trouble.textContent = '';
    if (list.firstChild) {
      const box = make('div', '', {className: 'errsum'});
      box.append(make('h2', say.heading), make('p', say.left), list);
      trouble.append(box);
    }
    ways.forEach((way, row) => { if (way.both) trouble.append(notice(row, way)); });
  }

  function notice(row, way) {
    const {both, message, ready, revision, url} = way.both;
    const box = make('section', '', {className: 'note warn'}), list = make('ul');
    const button = (text, act) => make('button', text, {type: 'button', className: 'btn alt', onclick() {
      way.both = null;
      row.dataset.r = revision;
      go(row.cells[0]);
      typed(row).forEach(act);
      send(row);
      show();
    }});
    both.forEach((each) => list.append(make('li', `${each.title}: ${say.theirs} “${each.theirs}”; ${say.yours} “${each.mine}”.`)));
    box.append(make('p', `${number(row)}: ${message}`), list);
    if (ready) {
      box.append(button(say.both, (cell) => {
        const found = both.find((each) => each.name === head(cell).n), kept = unsaved.get(cell);
        cell.textContent = kept.text = found ? found.result : kept.old;
        if (kept.text === kept.old) settle(cell);
      }));
    }
    box.append(make('a', say.open, {href: url, className: 'btn alt'}), button(say.aside, (cell) => {
      cell.textContent = unsaved.get(cell).old;
      settle(cell);
    }));
    return box;
  }

  table.onkeydown = (event) => {
    const {key, shiftKey, target} = event, control = event.ctrlKey || event.metaKey || event.altKey;
    const cell = target.closest('tbody td,tbody th'), stop = () => event.preventDefault();
    if (open && target === open.input) {
      if (key === 'Escape') { stop(); close(false); go(cell); }
      if (key !== 'Tab' && (key !== 'Enter' || control || shiftKey || event.isComposing)) return;
      stop();
      close(true);
      go((key === 'Enter' ? beside(cell, 1, 0) : beside(cell, 0, shiftKey ? -1 : 1)) || cell);
      return;
    }
    if (control && key === 'z' && find('undo')) { stop(); find('undo').click(); }
    if (control || !cell) return;
    const {cells} = rowOf(cell), fresh = key.length === 1 ? key : key === 'Delete' || key === 'Backspace' ? '' : undefined;
    if (STEPS[key]) { stop(); go(beside(cell, ...STEPS[key])); }
    else if (key === 'Home' || key === 'End') { stop(); go(cells[key === 'Home' ? 0 : cells.length - 1]); }
    else if (key === 'Enter' && !cell.cellIndex) { stop(); cell.firstChild.click(); }
    else if (key === 'Enter' || key === 'F2' || fresh !== undefined) { stop(); edit(cell, fresh); }
  };
  table.addEventListener('focusin', ({target}) => {
    const cell = target.closest('tbody td,tbody th');
    if (cell) hold(cell);
  });
  table.ondblclick = ({target}) => { const cell = target.closest('tbody td'); if (cell) edit(cell); };
  root.onpaste = (event) => {
    const text = event.clipboardData.getData('text/plain').trim();
    const block = open ? text.includes('\t') : /[\t\n]/.test(text);
    if (open && !block) return;
    event.preventDefault();
    if (!block) { edit(at, text); return; }
    close(true);
    paste.elements.pasted.value = text;
    paste.submit();
  };
  window.addEventListener('online', again);
  copies.then(({module, key}) => module.send(key, say.drafts)).then(({sent}) => { find('found').hidden = !sent; }).catch(() => {});
  window.addEventListener('beforeunload', (event) => {
    if (unsaved.size || (open && open.input.value.trim() !== open.was)) { event.preventDefault(); event.returnValue = ''; }
  });
}

// On a phone every row is a line that leads to its own page.
function begin() {
  if (!wide.matches) return;
  wide.removeListener(begin);
  grid();
}
if (root) { wide.addListener(begin); begin(); }
