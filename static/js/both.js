/* On the page of an edit conflict: takes over one's own words where the cursor is. */
for (const button of document.querySelectorAll("button[data-insert]")) {
  const field = document.getElementById(button.dataset.insert);
  const phrase = button.parentElement.querySelector(".diff");
  if (!field || !phrase) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const at = field.selectionEnd;
    const before = field.value.slice(0, at);
    const gap = before && !/\s$/.test(before) ? " " : "";
    field.focus();
    field.setRangeText(gap + phrase.textContent, at, at, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
