// A toolbar and a count of characters for each textarea[data-markdown]; its data-labels say the words.
(() => {
  const ITEM = /^([-+*]|\d+[.)]) /;

  // Typed by the browser, so that its own Undo takes it back, but for many lines, over which Chromium takes
  // seconds; never beyond the longest text.
  const put = (area, text, [start, end], select = [text.length]) => {
    if (area.maxLength >= 0 && area.value.length - (end - start) + text.length > area.maxLength) return;
    area.focus();
    area.setSelectionRange(start, end);
    if (text.split('\n').length > 100 || !document.execCommand('insertText', false, text)) {
      area.setRangeText(text, start, end, 'end');
      area.dispatchEvent(new Event('input', { bubbles: true }));
    }
    area.setSelectionRange(start + select[0], start + select[select.length - 1]);
  };

  const emphasise = (mark) => (area, value, from, to) => {
    const words = value.slice(from, to).trim(), size = mark.length;
    const start = words ? value.indexOf(words, from) : from, end = start + words.length;
    const stars = Math.min(/\**$/.exec(value.slice(0, start))[0].length, /^\**/.exec(value.slice(end))[0].length);
    if (size > 1 ? stars > 1 : stars % 2) return put(area, words, [start - size, end + size], [0, words.length]);
    const text = words ? words.replace(/^([-+*] |\d+[.)] |)(.*\S)/gm, `$1${mark}$2${mark}`) : mark + mark;
    return put(area, text, [start, end], /^[-+\d]|\n/.test(words) ? [0, text.length] : [size, text.length - size]);
  };

  const list = (ours, marker) => (area, value, from, to) => {
    const start = value.slice(0, from).lastIndexOf('\n') + 1;
    const end = (value + '\n').indexOf('\n', Math.max(from, to - 1));
    const lines = value.slice(start, end).split('\n');
    const on = lines.some(Boolean) && lines.every((line) => !line || ours.test(line));
    let n = 0;
    const text = lines.map((line) => (line || !lines[1] ? (on ? '' : marker(++n)) + line.replace(ITEM, '') : line)).join('\n');
    put(area, text, [start, end], lines[1] ? [0, text.length] : [text.length]);
  };

  const link = (area, value, from, to) => {
    const words = value.slice(from, to), isAddress = /^(https?:\/\/|mailto:)\S+$/i.test(words);
    const text = isAddress ? `[](${words})` : `[${words}](https://)`;
    put(area, text, [from, to], [isAddress ? 1 : text.length - 1]);
  };

  const undo = (area) => {
    area.focus();
    document.execCommand('undo');
  };

  const TOOLS = { bold: emphasise('**'), italic: emphasise('*'), list: list(/^[-+*] /, () => '- '), numbered: list(/^\d+[.)] /, (n) => n + '. '), link, undo };

  const bar = (area, labels) => {
    const use = (name) => TOOLS[name](area, area.value, area.selectionStart, area.selectionEnd);
    const group = document.createElement('div');
    group.className = 'textbar';
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', labels.bar || '');
    group.addEventListener('mousedown', (event) => event.preventDefault()); // the text keeps the focus
    Object.keys(TOOLS).forEach((name) => {
      const button = document.createElement('button');
      Object.assign(button, { type: 'button', className: 'btn alt small', textContent: labels[name] || name });
      button.addEventListener('click', () => use(name));
      group.append(button);
    });
    area.addEventListener('keydown', (event) => {
      const name = { b: 'bold', i: 'italic' }[event.key];
      if (!name || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      use(name);
    });
    area.before(group);
  };

  const hint = (area) => {
    const line = document.createElement('p');
    line.className = 'hint';
    line.setAttribute('role', 'status');
    area.after(line);
    return line;
  };

  // Said after a paste, as long as the text has two numbers at the beginning of a line.
  const NUMBER = /^[ \t]*(\*\*|__)?(\(?([a-z]|\d{1,3}|[ivxlc]{1,5})\\?[.)]|\d+(\.\d+)+|(Art\.|Article|Section|Clause|Rule) *\d+)\s/gim;
  const numbered = (area) => {
    const line = hint(area);
    const look = () => { line.textContent = (area.value.match(NUMBER) || []).length > 1 ? area.dataset.numbered : ''; };
    area.addEventListener('paste', () => setTimeout(look));
    area.addEventListener('input', () => { if (line.textContent) look(); });
  };

  // Said when typing pauses, once four fifths are full.
  const count = (area, words, cut) => {
    const line = hint(area);
    const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
    let waiting;
    const say = () => {
      const { value: { length }, maxLength } = area;
      line.textContent = length > maxLength * 0.8 ? words.replace('{n}', grouped(length)).replace('{max}', grouped(maxLength)) : '';
    };
    area.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(say, 300);
    });
    area.addEventListener('ncc-cut', ({ detail }) => {
      clearTimeout(waiting);
      line.textContent = cut.replace('{n}', grouped(detail));
    });
    say();
  };

  const start = (root) => root.querySelectorAll('textarea[data-markdown]').forEach((area) => {
    if (area.readOnly || area.disabled || area.dataset.markdown === 'on') return;
    const labels = JSON.parse(area.dataset.labels || '{}');
    area.dataset.markdown = 'on';
    bar(area, labels);
    if (area.dataset.numbered) numbered(area);
    if (area.maxLength > 0) count(area, labels.count || '{n} / {max}', labels.cut || '-{n}');
  });

  start(document);
  document.addEventListener('htmx:load', () => start(document));
})();
