// The search field: / leads to it, and while somebody types it suggests titles, people, tags and works that begin so.
// Without this module it is a plain field, and so it is where the server has no suggestions (a site of plain files).

import { onEachPage } from "./pages.js";

const PAUSE = 150; // milliseconds without a key, before the server is asked

let field = null;
let waiting = 0;
let asked = "";
let isChoosing = false; // among the suggestions, by the arrow keys

async function suggest() {
  const typed = field.value.trim();
  if (!field.dataset.suggestions || typed === asked || typed.length < 2) return;
  asked = typed;
  const address = new URL(field.dataset.suggestions, location);
  address.searchParams.set("q", typed);
  try {
    const answer = await fetch(address);
    if (!answer.ok || field.value.trim() !== typed) return;
    const list = document.querySelector("#suggestions");
    field.setAttribute("list", list.id); // without suggestions it is a plain field
    list.replaceChildren(...(await answer.json()).map((words) => new Option(words, words)));
  } catch {
    // No connection: the field works as it is.
  }
}

/** Search at Enter, which Safari keeps for its list of suggestions even where none is chosen. */
function searchAtOnce(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") isChoosing = true;
  const isForInputMethod = event.isComposing || event.keyCode === 229; // Safari ends the composition before the key
  if (event.key !== "Enter" || isChoosing || isForInputMethod || !field.hasAttribute("list")) return;
  event.preventDefault();
  field.form.requestSubmit();
}

onEachPage(() => {
  field = document.querySelector("#q");
  field?.addEventListener("input", (event) => {
    if (event.isComposing) return; // the input method still has the word
    isChoosing = false;
    clearTimeout(waiting);
    waiting = setTimeout(suggest, PAUSE);
  });
  field?.addEventListener("compositionend", suggest);
  field?.addEventListener("keydown", searchAtOnce);
});

addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || isTyping || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!field?.checkVisibility()) return;
  event.preventDefault();
  field.focus();
  field.select();
});
