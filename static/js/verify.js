// The SHA-256 of a file, computed here; only the digest goes to the portal.
(() => {
  const form = document.querySelector('form[data-digest]');
  if (!form || !window.crypto || !crypto.subtle || !Blob.prototype.arrayBuffer) return;
  const input = form.querySelector('input[type=file]');
  const working = form.querySelector('[data-working]');
  form.querySelector('[data-without]').hidden = true;
  form.querySelector('[data-with]').hidden = false;
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, '0')).join('');
  form.addEventListener('submit', async (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    working.textContent = working.dataset.text;
    try {
      const digest = await crypto.subtle.digest('SHA-256', await input.files[0].arrayBuffer());
      location.assign(form.action + '?fingerprint=' + hex(digest));
    } catch (error) {
      working.textContent = working.dataset.failed;
    }
  });
})();
