// Keeps what is typed as a draft on the server, and says whether that is so: the line is
// only "saved" when the server has answered with the time at which it kept the text.
// A page that saves by itself says how it went to the same line:
//   place.dispatchEvent(new CustomEvent('ncc-state', {detail: {state: 'saved', at: '14:02'}}))
const IDLE = 2000, LONGEST = 10000, PATIENCE = 20000, AGAIN = 60000, PING = 25000;
const KEEPALIVE = 60000; // what a browser still sends for a page that is closed

function keep(place) {
  const form = place.closest('form');
  const line = place.querySelector('[data-line]');
  const hints = place.querySelectorAll('[data-hint]');
  let timer = 0, first = 0, wait = IDLE, sentAt = 0, flying = null;
  let dirty = false, failed = false, sent = false;

  const say = (state, at) => {
    line.textContent = (place.dataset[state] || '').replace('{at}', at || '');
    hints.forEach((hint) => { hint.hidden = hint.dataset.hint !== state || !at; });
  };
  const later = (ms) => { clearTimeout(timer); timer = setTimeout(save, ms); };
  const newWindow = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    form.elements.window.value = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  };
  const body = () => {
    const data = new FormData(form);
    Array.from(data).forEach(([name, value]) => { if (typeof value !== 'string') data.delete(name); });
    return data;
  };

  async function ask(data, leaving, control) {
    const size = Array.from(data).reduce((sum, [name, value]) => sum + name.length + value.length * 3 + 150, 0);
    const response = await fetch(place.dataset.draft, {
      method: 'POST', body: data, keepalive: leaving && size < KEEPALIVE, signal: control.signal, redirect: 'error',
    });
    return response.json();
  }

  async function save(leaving) {
    if (!dirty || (flying && leaving !== true)) return;
    clearTimeout(timer);
    if (flying) flying.abort();
    const control = flying = new AbortController();
    const giveUp = setTimeout(() => control.abort(), PATIENCE);
    dirty = false;
    first = 0;
    let answer = null;
    try {
      answer = await ask(body(), leaving === true, control);
    } catch (error) { /* no connection, or not our answer: said below */ }
    clearTimeout(giveUp);
    if (flying === control) { flying = null; heard(answer || {}); }
  }

  function heard({state, at}) {
    if (state === 'sent') {
      // This window was carried out; who types on writes a new draft.
      if (sent) return;
      newWindow();
      dirty = true;
      later(0);
    } else if (at) {
      failed = false;
      wait = IDLE;
      // Typed on in the meantime: then "saved" would not be true of the page any more.
      if (dirty) later(IDLE);
      if (!dirty || state !== 'saved') say(state, at);
    } else {
      failed = dirty = true;
      say(state === 'lost' ? 'lost' : 'offline');
      later(wait);
      wait = Math.min(wait * 2, AGAIN);
    }
  }

  form.addEventListener('input', () => {
    const now = Date.now();
    dirty = true;
    sent = false;
    first = first || now;
    if (failed) return;
    say('saving');
    later(Math.max(0, Math.min(IDLE, first + LONGEST - now)));
  });
  form.addEventListener('submit', (event) => {
    if (Date.now() - sentAt < 3000) { event.preventDefault(); return; }
    if (!navigator.onLine) { event.preventDefault(); dirty = true; say('offline'); return; }
    sentAt = Date.now();
    sent = true;
    clearTimeout(timer);
    if (flying) flying.abort();
  });
  window.addEventListener('pageshow', (event) => {
    sentAt = 0;
    sent = false;
    if (event.persisted) newWindow();
    if (event.persisted && (flying || failed)) { dirty = true; later(0); }
  });
  window.addEventListener('online', () => { if (dirty) later(0); });
  window.addEventListener('pagehide', () => { if (!sent) save(true); });
  document.addEventListener('visibilitychange', () => { if (document.hidden && !sent) save(true); });
  window.addEventListener('beforeunload', (event) => {
    if (failed && !sent) { event.preventDefault(); event.returnValue = ''; }
  });
  place.addEventListener('ncc-state', (event) => say(event.detail.state, event.detail.at));
}

function see(who) {
  const form = who.closest('form');
  const ping = async () => {
    if (document.hidden) return;
    const data = new FormData();
    data.set('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
    data.set('document', who.dataset.document);
    data.set('uid', who.dataset.uid);
    try {
      const response = await fetch(who.dataset.who, {method: 'POST', body: data, redirect: 'error'});
      const text = (await response.json()).join(' ');
      if (text !== who.textContent) who.textContent = text;
    } catch (error) { /* who else is there is not worth a word about the connection */ }
  };
  ping();
  setInterval(ping, PING);
}

document.querySelectorAll('[data-draft]').forEach(keep);
document.querySelectorAll('[data-who]').forEach(see);
