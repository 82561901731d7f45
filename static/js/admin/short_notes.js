// The panel of short notes, compiled from what is typed: it comes with each preview, whose rendering it shares.

import { replace } from "./typing.js";

const panel = document.getElementById("short-notes");
const place = panel?.querySelector("div");
const form = panel?.closest("form");
let shown = null; // the form data that the panel's text was compiled from
let request = null;

function typed(profile) {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  body.set("short_notes_for", profile ?? document.getElementById("short-notes-for")?.value ?? "spotify");
  return body;
}

async function show(body) {
  request?.abort();
  request = new AbortController();
  try {
    const response = await fetch(panel.dataset.url, { method: "POST", body, signal: request.signal });
    if (!response.ok || response.redirected) return;
    put(await response.text());
    shown = body;
  } catch {
    // A newer request was sent, or the server is unreachable: the next change tries again.
  }
}

// Replace the panel: open parts stay open, and the focus stays.
function put(html) {
  const folds = new Map([...place.querySelectorAll("details")].map((fold) => [fold.dataset.name, fold.open]));
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const sign = focused?.dataset.address ? `[data-address="${CSS.escape(focused.dataset.address)}"]` : focused?.id && `#${focused.id}`;
  const scroll = place.querySelector("textarea")?.scrollTop;
  place.innerHTML = html;
  for (const fold of place.querySelectorAll("details")) fold.open = folds.get(fold.dataset.name) ?? fold.open;
  if (scroll) place.querySelector("textarea").scrollTop = scroll;
  if (focused) (sign && place.querySelector(sign) || place.querySelector("[data-do=copy]")).focus({ preventScroll: true });
}

async function copy(button) {
  const text = document.getElementById("short-notes-text");
  const plain = new Blob([text.value], { type: "text/plain" });
  const markup = new Blob([text.value], { type: "text/html" });
  try {
    // Rich-text fields get links on paste, plain-text fields the markup.
    const kinds = { "text/plain": plain, ...(button.dataset.markup === "html" ? { "text/html": markup } : {}) };
    await navigator.clipboard.write([new ClipboardItem(kinds)]);
  } catch {
    text.closest("details").open = true;
    text.select();
    document.execCommand("copy");
  }
  const body = shown ?? typed();
  body.set("copied", "1");
  await show(body);
  body.delete("copied");
  place.querySelector("[data-do=copy]")?.focus();
}

// The choice goes into fields of the form, so it is autosaved, saved and compared like everything typed.
function choose({ value, dataset: { address } }) {
  for (const [name, kind] of [["pinned_links", "pin"], ["dropped_links", "drop"]]) {
    const field = form.elements[name];
    const lines = field.value.split("\n").map((line) => line.trim()).filter((line) => line && line !== address);
    if (value === kind) lines.push(address);
    if (field.value === lines.join("\n")) continue;
    field.value = lines.join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  show(typed());
}

function useCompiled() {
  const field = form.elements.distribution_notes;
  replace(field, 0, field.value.length, "");
  show(typed());
}

async function goOnByHand() {
  const body = typed();
  body.set("markdown", "1");
  const response = await fetch(panel.dataset.url, { method: "POST", body });
  if (!response.ok || response.redirected) return;
  const field = form.elements.distribution_notes;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  replace(field, 0, field.value.length, await response.text());
  field.focus();
  field.setSelectionRange(0, 0);
}

if (panel) {
  document.addEventListener("desk:previewed", ({ detail: { page, body } }) => {
    const part = page.getElementById("beside");
    const isAskedFor = body.get("short_notes_for") === (document.getElementById("short-notes-for")?.value ?? "spotify");
    if (!part || !isAskedFor) return;
    request?.abort();
    put(part.innerHTML);
    shown = body;
  });
  // What cannot be shown has no short notes: then those of the last save are.
  document.addEventListener("desk:refused", () => show(typed()));
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button?.dataset.do === "copy") copy(button);
    if (button?.dataset.do === "compiled") useCompiled();
    if (button?.dataset.do === "by-hand") goOnByHand();
  });
  // A choice here is not a change of the form around it.
  for (const name of ["input", "change"]) panel.addEventListener(name, (event) => event.stopPropagation());
  panel.addEventListener("change", ({ target }) => (target.dataset.address ? choose(target) : show(typed(target.value))));
}
