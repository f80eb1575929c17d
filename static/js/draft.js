// Keeps what is typed as a draft on the server, and says whether that is so: the line is
// only "saved" when the server has answered with the time at which it kept the text. Until
// then an encrypted copy stays on this computer, where the browser allows it.
// A page that saves by itself says how it went to the same line:
//   place.dispatchEvent(new CustomEvent('ncc-state', {detail: {state: 'saved', at: '14:02'}}))
const IDLE = 2000, LONGEST = 10000, PATIENCE = 20000, AGAIN = 60000, PING = 25000;
const KEEPALIVE = 60000; // what a browser still sends for a page that is closed
const COPY = 500; // ms after typing stops until the copy on this computer is written
const NAME = 'ncc', STORE = 'texts', KEPT = 30 * 24 * 3600 * 1000, CIPHER = 'AES-GCM'; // of the copies
let opening = null, sending = null, turn = Promise.resolve();

function keep(place) {
  const form = place.closest('form');
  const line = place.querySelector('[data-line]');
  const hints = place.querySelectorAll('[data-hint]');
  const key = unlock(place);
  let timer = 0, first = 0, wait = IDLE, sentAt = 0, flying = null;
  let dirty = false, failed = false, lost = false, sent = false;
  let copying = 0, copied = Promise.resolve(false), here = false;

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
  const fields = () => Array.from(body()).filter(([name]) => name !== 'csrfmiddlewaretoken' && form.elements[name].type !== 'password');
  function copy() {
    clearTimeout(copying);
    copying = 0;
    copied = hold(key, form.elements.window.value, fields());
    if (failed) sayOffline();
  }
  const sayOffline = () => copied.then((yes) => {
    here = yes;
    if (failed && !lost) say(yes ? 'here' : 'offline');
  });

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
    if (copying) copy();
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
      failed = lost = false;
      wait = IDLE;
      // Typed on in the meantime: then "saved" would not be true of the page any more.
      if (dirty) later(IDLE); else forget(form.elements.window.value);
      if (!dirty || state !== 'saved') say(state, at);
    } else {
      failed = dirty = true;
      lost = state === 'lost';
      if (lost) say('lost'); else sayOffline();
      later(wait);
      wait = Math.min(wait * 2, AGAIN);
    }
  }

  form.addEventListener('input', () => {
    const now = Date.now();
    dirty = true;
    sent = false;
    first = first || now;
    clearTimeout(copying);
    copying = setTimeout(copy, COPY);
    if (failed) return;
    say('saving');
    later(Math.max(0, Math.min(IDLE, first + LONGEST - now)));
  });
  form.addEventListener('submit', (event) => {
    if (Date.now() - sentAt < 3000) { event.preventDefault(); return; }
    if (!navigator.onLine) { event.preventDefault(); dirty = failed = true; copy(); return; }
    copy();
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
    if (failed && !sent && !here) { event.preventDefault(); event.returnValue = ''; }
  });
  place.addEventListener('ncc-state', (event) => say(event.detail.state, event.detail.at));
  sending = sending || send(key, place.dataset.draft);
  sending.then(({sent: many}) => { place.querySelector('[data-found]').hidden = !many; });
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

// Copies on this computer of what the portal does not have yet. They are encrypted with a key that
// only its author's own pages carry: who sits here next can neither read nor send them. A copy goes
// as soon as the portal has said that it has the text, and after 30 days in any case.

function database() {
  opening = opening || new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, {keyPath: 'id'});
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
  return opening;
}

async function store(mode, act) {
  const all = await database();
  return new Promise((resolve, reject) => {
    const work = all.transaction(STORE, mode), request = act(work.objectStore(STORE));
    work.oncomplete = () => resolve(request.result);
    work.onabort = work.onerror = () => reject(work.error);
  });
}

// One after the other: what is written late does not come back after it was taken away.
const inTurn = (act) => (turn = turn.then(act, act));

// The key that a page carries, taken out of the page.
export function unlock(place) {
  const {lock} = place.dataset;
  delete place.dataset.lock;
  const bytes = Uint8Array.from(atob(lock), (letter) => letter.charCodeAt(0));
  return Promise.resolve(crypto.subtle && crypto.subtle.importKey('raw', bytes, CIPHER, false, ['encrypt', 'decrypt']));
}

const coded = (text) => new TextEncoder().encode(text);

// Keep the fields of a form, [[name, text], …]; false where this browser keeps nothing.
export const hold = (key, id, fields) => inTurn(async () => {
  try {
    const iv = crypto.getRandomValues(new Uint8Array(12));
        const data = await crypto.subtle.encrypt({name: CIPHER, iv, additionalData: coded(id)}, await key, coded(JSON.stringify(fields)));
    await store('readwrite', (all) => all.put({id, iv, data, at: Date.now()}));
    return true;
  } catch (error) { return false; }
});

export const forget = (id) => inTurn(() => store('readwrite', (all) => all.delete(id)).catch(() => {}));

// The copies that this key opens; what is of others stays closed, what is too old goes.
async function mine(key) {
  const found = [], all = await store('readonly', (texts) => texts.getAll());
  for (const {id, iv, data, at} of all) {
    if (Date.now() - at > KEPT) forget(id);
    else {
      try {
        const text = await crypto.subtle.decrypt({name: CIPHER, iv, additionalData: coded(id)}, await key, data);
        found.push({id, fields: JSON.parse(new TextDecoder().decode(text))});
      } catch (error) { /* somebody else's */ }
    }
  }
  return found;
}

// Send them to be drafts; says how many became one, and how many are still only here.
export async function send(key, url) {
  const said = {sent: 0, left: 0};
  const own = await mine(key).catch(() => []);
  for (const {id, fields} of own) {
    let answer = {};
    try {
      const response = await fetch(url, {method: 'POST', body: new URLSearchParams(fields), redirect: 'error'});
      answer = await response.json();
    } catch (error) { /* no connection, or not our answer: it stays */ }
    if (answer.at) said.sent += 1;
    if (answer.at || answer.state === 'sent') forget(id);
    else said.left += 1;
  }
  return said;
}

// A page that tells of them: what was sent now, what is still here, and how to be rid of it.
async function tell(place) {
  const key = unlock(place), show = (name, yes) => { place.querySelector(`[data-${name}]`).hidden = !yes; };
  const again = async () => {
    const {sent, left} = await send(key, place.dataset.copies);
    show('sent', sent);
    show('left', left);
    place.hidden = !sent && !left;
  };
  place.querySelector('[data-send]').onclick = again;
  place.querySelector('[data-delete]').onclick = async () => {
    (await mine(key)).forEach(({id}) => forget(id));
    show('left', false);
    place.hidden = place.querySelector('[data-sent]').hidden;
  };
  await again();
}

document.querySelectorAll('[data-draft]').forEach(keep);
document.querySelectorAll('[data-who]').forEach(see);
document.querySelectorAll('[data-copies]').forEach(tell);
