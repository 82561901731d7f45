// Find and replace in all texts of the form. What it types can be undone in each of them.

import { fill, words } from "../news.js";
import { EDITOR, isComposing, replace, whenCalm } from "../typing.js";

let panel = null;
let last = null; // the text that the search began in

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const part = (name) => panel.querySelector(`[data-name=${name}]`);
const pattern = () => new RegExp(escaped(part("sought").value), "giu");
const editors = () => [...document.querySelectorAll(EDITOR)].filter((field) => !field.readOnly && !field.closest(".empty-form"));

const placesIn = (editor) =>
  part("sought").value ? [...editor.value.matchAll(pattern())].map((found) => ({ editor, start: found.index, end: found.index + found[0].length })) : [];
const places = () => editors().flatMap(placesIn);

function isChosen({ editor, start, end }) {
  return editor === last && editor.selectionStart === start && editor.selectionEnd === end;
}

function count() {
  const all = places();
  const at = all.findIndex(isChosen);
  const sentence = at >= 0 ? fill(words.foundAt, { at: at + 1, count: all.length }) : fill(words.found, { count: all.length });
  panel.querySelector("[role=status]").textContent = part("sought").value ? sentence : "";
  showWords(all[at]);
}

// A browser shows no selection in a text without the focus, so the place is shown here, too.
function showWords(place) {
  const line = panel.querySelector(".finding-place");
  line.replaceChildren();
  if (!place) return;
  const { editor: { value }, start, end } = place;
  const found = Object.assign(document.createElement("mark"), { textContent: value.slice(start, end) });
  line.append(value.slice(Math.max(0, start - 20), start), found, value.slice(end, end + 30));
}

function show({ editor, start, end }) {
  const focused = document.activeElement;
  last = editor;
  for (let fold = editor.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  editor.focus();
  editor.setSelectionRange(start, start); // a browser scrolls to where the caret is, not to a selection
  editor.blur();
  editor.focus();
  editor.setSelectionRange(start, end);
  editor.scrollIntoView({ block: "nearest" });
  if (panel.contains(focused)) focused.focus({ preventScroll: true }); // the next Enter goes on, it does not type
}

// Select the next place, or the one before it, and begin again at the end.
function go(step) {
  const all = places();
  if (all.length) {
    const order = editors();
    const from = last && order.includes(last) ? last : order[0];
    const caret = step > 0 ? from.selectionEnd : from.selectionStart;
    const rank = (place) => order.indexOf(place.editor) - order.indexOf(from);
    const isBehind = (place) => rank(place) > 0 || (rank(place) === 0 && place.start >= caret);
    const isBefore = (place) => rank(place) < 0 || (rank(place) === 0 && place.end <= caret);
    show(step > 0 ? (all.find(isBehind) ?? all[0]) : (all.findLast(isBefore) ?? all.at(-1)));
  }
  count();
}

function replaceOne() {
  const place = places().find(isChosen);
  if (place) {
    replace(place.editor, place.start, place.end, part("by").value);
    const caret = place.start + part("by").value.length;
    place.editor.setSelectionRange(caret, caret);
  }
  go(1);
}

function replaceAll() {
  let done = 0;
  for (const editor of editors()) {
    const found = placesIn(editor);
    if (!found.length) continue;
    const [start, end] = [found[0].start, found.at(-1).end];
    replace(editor, start, end, editor.value.slice(start, end).replace(pattern(), () => part("by").value));
    done += found.length;
  }
  panel.querySelector("[role=status]").textContent = fill(words.replaced, { count: done });
}

const DOES = { next: () => go(1), before: () => go(-1), replace: replaceOne, "replace-all": replaceAll, close };

function close() {
  panel.remove();
  last?.focus();
}

function open() {
  if (!panel) {
    panel = document.getElementById("finding").content.firstElementChild.cloneNode(true);
    for (const name of ["input", "change"]) panel.addEventListener(name, (event) => event.stopPropagation());
    panel.addEventListener("input", count);
    panel.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault());
    panel.addEventListener("click", (event) => {
      const does = event.target.closest("[data-do]")?.dataset.do;
      if (does) whenCalm(DOES[does]);
    });
  }
  const editor = document.activeElement?.closest?.(EDITOR);
  last = editor ?? last ?? editors()[0];
  (document.getElementById("desk-form") ?? last.form).prepend(panel);
  const chosen = editor?.value.slice(editor.selectionStart, editor.selectionEnd) ?? "";
  if (chosen && !chosen.includes("\n")) part("sought").value = chosen;
  part("sought").select();
  count();
}

document.addEventListener("keydown", (event) => {
  if (isComposing(event)) return;
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  const isOpen = panel?.isConnected;
  if (isCommand && event.shiftKey && event.key.toLowerCase() === "f" && editors().length) open();
  else if (isOpen && (event.key === "F3" || (isCommand && event.key.toLowerCase() === "g"))) go(event.shiftKey ? -1 : 1);
  else if (isOpen && event.key === "Escape" && panel.contains(event.target)) close();
  else if (isOpen && event.key === "Enter" && panel.contains(event.target) && event.target.matches("input")) go(event.shiftKey ? -1 : 1);
  else return;
  event.preventDefault();
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.(".editing-tools [data-do=find]")) open();
});
