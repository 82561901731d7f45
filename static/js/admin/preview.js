// The preview next to the form: the page as visitors will see it, debounced, scrolled to where the user types.

import { isStored, progress } from "./form_state.js";
import { patch } from "./patching.js";

const PAUSE = 600; // milliseconds without a keystroke

const desk = document.getElementById("desk");
const frame = desk?.querySelector("iframe");
const form = desk && document.getElementById(desk.dataset.form);
const news = document.getElementById("desk-news");
let request = null;
let timer = null;
let outline = []; // the anchors of the page's headings, in order
let isShown = false; // whether a page was shown at least once

const looksOf = (page) => [...page.querySelectorAll("link[rel=stylesheet]")].map((link) => link.outerHTML).join("");

function show(html, body) {
  isShown = true;
  const page = new DOMParser().parseFromString(html, "text/html");
  document.dispatchEvent(new CustomEvent("desk:previewed", { detail: { page, body } })); // for checks.js, short_notes.js
  page.querySelectorAll("script, #beside").forEach((part) => part.remove()); // no script could run in the frame anyway
  page.normalize(); // the text around them is one, as the frame reads it
  const shown = frame.contentDocument;
  if (shown && looksOf(shown) && looksOf(shown) === looksOf(page)) {
    patch(shown.body, page.body); // no flicker, and the scroll position stays
    follow();
    return;
  }
  frame.addEventListener("load", () => {
    frame.contentDocument.addEventListener("click", stay);
    follow();
  }, { once: true });
  frame.srcdoc = `<!doctype html>${page.documentElement.outerHTML}`;
}

// Links inside the page scroll; all others would leave it.
function stay(event) {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  event.preventDefault();
  const href = link.getAttribute("href");
  if (href.startsWith("#")) scrollTo(decodeURIComponent(href.slice(1)));
}

function scrollTo(anchor) {
  const place = frame.contentDocument?.getElementById(anchor);
  const view = frame.contentWindow;
  if (place) view.scrollTo({ top: place.getBoundingClientRect().top + view.scrollY - 16 });
}

function tell(words, list = []) {
  news.replaceChildren();
  if (!words) return;
  const lead = document.createElement("p");
  lead.textContent = words;
  news.append(lead);
  if (!list.length) return;
  const items = document.createElement("ul");
  for (const text of list) items.appendChild(document.createElement("li")).textContent = text;
  news.append(items);
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, PAUSE);
}

async function refresh() {
  if (progress.isSaving && !isStored()) return soon(); // its number and its address are taken: by itself
  clearTimeout(timer);
  request?.abort();
  const mine = (request = new AbortController());
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  // The short notes of the same text come along: they share its rendering.
  if (document.getElementById("short-notes")) body.set("short_notes_for", document.getElementById("short-notes-for")?.value ?? "spotify");
  try {
    const response = await fetch(desk.dataset.previewUrl, { method: "POST", body, signal: mine.signal });
    if ([413, 422, 429].includes(response.status)) {
      const { errors } = await response.json();
      const isShownAsError = isShown || response.status !== 422;
      tell(isShownAsError ? news.dataset.errors : news.dataset.missing, errors);
      news.classList.toggle("is-calm", !isShownAsError);
      document.dispatchEvent(new CustomEvent("desk:refused"));
    } else if (response.ok && !response.redirected) {
      const html = await response.text();
      outline = JSON.parse(response.headers.get("X-Outline") ?? "[]");
      tell("");
      show(html, body);
    } else {
      tell(news.dataset.offline);
    }
  } catch (problem) {
    if (problem.name !== "AbortError") tell(news.dataset.offline);
  }
}

// Headings with `#`, or underlined within a section.
const HEADINGS = /^#{1,6}[ \t]+\S|^ {0,3}[^\s#>|*+-].*\n {0,3}(-{2,}|=+)[ \t]*$/gm;
const countHeadings = (text) => (text.match(HEADINGS) ?? []).length;

// Return the index of the heading that the caret is under: 0 for the first, -1 before it.
const placeInText = (editor) => countHeadings(editor.value.slice(0, editor.selectionStart + 1)) - 1;

function placeInRows(row) {
  const position = (one) => Number(one.querySelector("[name$='-position']")?.value || Infinity);
  const heading = (one) => one.querySelector("[name$='-heading']")?.value.trim();
  const removed = (one) => one.querySelector("[name$='-DELETE']")?.checked;
  const rows = [...row.parentElement.querySelectorAll(":scope > .inline-related:not(.empty-form)")];
  const shown = rows.filter((one) => heading(one) && !removed(one)).sort((a, b) => position(a) - position(b));
  const above = shown.slice(0, Math.max(0, shown.indexOf(row)));
  const bodies = above.map((one) => one.querySelector("[name$='-body']").value);
  return shown.includes(row) ? above.length + countHeadings(bodies.join("\n\n")) : -1;
}

function follow() {
  const field = document.activeElement;
  if (!form.contains(field)) return;
  const row = field.closest("#sections-group .inline-related");
  if (!row && !field.matches("textarea.markdownx-editor")) return;
  const anchor = outline[row ? placeInRows(row) : placeInText(field)];
  if (anchor) scrollTo(anchor);
}

if (form && frame) {
  for (const event of ["input", "change"]) form.addEventListener(event, soon);
  for (const event of ["formset:added", "formset:removed"]) document.addEventListener(event, soon);
  form.addEventListener("submit", () => !isStored() && request?.abort());
  document.addEventListener("desk:stale", refresh); // something other than the form has changed
  form.addEventListener("focusin", follow);
  document.getElementById("desk-preview-now").addEventListener("click", refresh);
  document.addEventListener("DOMContentLoaded", refresh); // when every script that shows a part of it is there
}
