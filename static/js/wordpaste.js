// Paste from Word, LibreOffice, Google Docs and web pages into textarea[data-markdown] as Markdown.
(() => {
  const LETTER = '\\p{L}\\p{M}\\p{N}', WORD = new RegExp(`[${LETTER}]`, 'u');
  const BLOCK = /^(p|div|h\d|[uo]l|li|table|t[rdh]|blockquote|d[ldt]|section|article|pre)$/;
  const DROPPED = /^(x-style|script|xml|title|template|noscript|del|o:p)$/;
  const HIDDEN = /mso-element:\s*comment|mso-hide|display:\s*none/i;
  const NUMBER = /^\d+[.)] $/;

  const escaped = (text, href) => text
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
    .replace(/[*_]+/g, (marks, at) => {
      const sides = [text[at - 1] || '*', text[at + marks.length] || '*'];
      const plain = sides.every((side) => (marks[0] === '_' ? WORD : /\s/).test(side));
      return plain ? marks : marks.replace(/./g, '\\$&');
    })
    .replace(href ? /[[\]]/g : /\[(?=[^\]]*\]\()/g, '\\$&');

  // Marks stand at words; beside another word no punctuation comes between.
  const marked = ({ text, mark, href }, before, after) => {
    const edge = (side) => (WORD.test(side) ? `[^${LETTER}]*` : '\\s*');
    const parts = new RegExp(`^(${edge(before)})([^]*?)(${edge(after)})$`, 'u').exec(text);
    const [start, middle, end] = parts.slice(1).map((part) => escaped(part, href));
    return middle ? start + mark + middle + mark + end : start + end;
  };

  // `a. ` in a list with letters, `1. ` in one with numbers.
  const counted = (n, look) => {
    const [, sort] = /(?:er-|type:)([alri])/i.exec(look) || [];
    const name = !sort ? n : /r|i/i.test(sort) ? 'i ii iii iv v vi vii viii ix x'.split(' ')[n - 1] || n : String.fromCharCode(96 + n);
    return (/upper|type:[AI]/.test(look) ? String(name).toUpperCase() : name) + '. ';
  };

  const toMarkdown = (html) => {
    const indents = []; // where the text of an item begins, by level of Word's lists
    let out = '', runs = [], lead = '', rest = '', kind = '', last = '', symbol = '';

    const say = (text, { bold, italic, href = '' }) => {
      const mark = (bold ? '**' : '') + (italic ? '*' : ''), previous = runs[runs.length - 1];
      if (previous && previous.mark === mark && previous.href === href) previous.text += text;
      else runs.push({ text, mark, href });
    };

    const paragraph = () => {
      const text = runs.reduce((said, run, i) => {
        const { href } = run, next = runs[i + 1] || { text: '' };
        if (!run.text.trim()) return said + run.text;
        const opened = said + (href && href !== (runs[i - 1] || {}).href ? '[' : '');
        return opened + marked(run, opened.slice(-1), next.text[0] || '') + (href && href !== next.href ? `](${href})` : '');
      }, '');
      runs = [];
      return text.replace(/[ \u00a0]{2,}/g, ' ').replace(/\s*\n\s*/g, '\n').trim()
        .replace(/^([-+]|\d+[.)])(?=\s|$)/gm, (start) => start.slice(0, -1) + '\\' + start.slice(-1));
    };

    const add = (text) => {
      if (!text) return;
      out += (out && (kind && kind === last ? '\n' : '\n\n')) + (lead || rest) + text.replace(/\n/g, '\n' + rest);
      last = kind;
      lead = kind = '';
    };

    const item = (marker, indent) => {
      lead = indent + marker;
      rest = indent + (marker === '- ' || NUMBER.test(marker) ? ' '.repeat(marker.length) : '');
      kind = rest ? 'item' : 'line';
      return rest;
    };

    const formatted = (node, tag, style, format) => {
      const inner = { ...format }, href = tag === 'a' && node.getAttribute('href');
      const [, weight] = /(?:^|[;\s])font-weight:\s*(\w)/i.exec(style) || [], [, slant] = /(?:^|[;\s])font-style:\s*(\w)/i.exec(style) || [];
      inner.bold = weight ? /[b6-9]/i.test(weight) : format.bold || /^(b|strong|h\d)$/.test(tag);
      inner.italic = slant ? /[io]/i.test(slant) : format.italic || /^(i|em)$/.test(tag);
      if (/^(https?:\/\/|mailto:)\S/i.test(href)) inner.href = href.trim().replace(/[\s()<>\\]/g, (c) => '%' + c.charCodeAt(0).toString(16));
      return inner;
    };

    const walk = (parent, format, list) => parent.childNodes.forEach((node) => {
      const tag = node.localName;
      if (node.nodeType === 3) say(node.data.replace(/[ \t\r\n]+/g, ' '), format);
      if (!tag || DROPPED.test(tag)) return;
      const style = node.getAttribute('data-style') || '';
      if (HIDDEN.test(style) || node.className === 'msocomanchor') return;
      if (/mso-list:\s*ignore/i.test(style)) { symbol = node.textContent.trim(); return; }
      const inner = formatted(node, tag, style, format);
      if (tag === 'br') say('\n', format);
      if (list.cell || !BLOCK.test(tag)) {
        if (list.cell && BLOCK.test(tag)) say(' ', {});
        walk(node, inner, list);
        return;
      }
      add(paragraph());
      const before = rest, [, level] = /mso-list:[^;]*level(\d)/i.exec(style) || [];
      if (tag === 'tr') {
        const cells = Array.from(node.children, (cell) => { walk(cell, format, { cell: 1 }); return paragraph(); });
        kind = 'row';
        add(cells.join('\t'));
      } else if (tag === 'li') {
        list.inner = item(list.n ? counted(list.n++, style + list.look) : '- ', list.indent || '');
        walk(node, inner, { inner: rest });
      } else if (/^[uo]l$/.test(tag)) {
        walk(node, inner, { indent: list.inner, n: tag === 'ol' && (+node.getAttribute('start') || 1), look: `${style} type:${node.getAttribute('type')}` });
      } else walk(node, inner, list);
      if (level && symbol) {
        indents[level] = item(/\d|../.test(symbol) ? symbol + ' ' : '- ', indents[level - 1] || '');
        symbol = '';
      }
      add(paragraph());
      rest = before;
      lead = kind = '';
    });

    // A document parsed so runs and loads nothing; under other names the page's policy has nothing to report.
    const inert = html.replace(/<[^>]*/g, (tag) => tag.replace(/^<\/?(?=style|base)/i, '$&x-').replace(/([\s/"'])(style|on\w+)(?=\s*=)/gi, '$1data-$2'));
    walk(new DOMParser().parseFromString(inert, 'text/html').body, {}, {});
    add(paragraph());
    return out;
  };

  document.addEventListener('paste', (event) => {
    const area = event.target;
    const html = area.matches('textarea[data-markdown]') && event.clipboardData.getData('text/html');
    const text = html && toMarkdown(html);
    const long = text || (area.maxLength > 0 && event.clipboardData.getData('text/plain').replace(/\r\n/g, '\n')) || '';
    const room = area.maxLength > 0 ? area.maxLength - area.value.length + area.selectionEnd - area.selectionStart : long.length;
    if (long.length > room) setTimeout(() => area.dispatchEvent(new CustomEvent('ncc-cut', { detail: long.length - room })));
    if (!text) return;
    event.preventDefault();
    const kept = text.slice(0, room);
    // Typed by the browser, Undo takes it back; Chromium takes seconds to type many lines.
    if (kept.split('\n').length < 100 && document.execCommand('insertText', false, kept)) return;
    area.setRangeText(kept, area.selectionStart, area.selectionEnd, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
})();
