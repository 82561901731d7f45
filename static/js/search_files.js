// Search in a site of plain files: the words of all pages come in one file, which is fetched at the first key.
// Where a server searches, this module is not on the page.

import { onEachPage } from "./pages.js";
import { folding } from "./search_files/folding.js";
import { rank, readTerms } from "./search_files/ranking.js";

const MOST = 50; // pages that are shown
const MOST_PLACES = 3; // headings of one page
const PAUSE = 120; // milliseconds without a key

let field = null;
let outcome = null;
let count = null;
let reading;
let waiting = 0;

const join = (lines) => lines.join("\t");

function read() {
  reading ??= fetch(outcome.dataset.words)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
    .then((words) => {
      const fold = folding(words.folding, words.dropped);
      const pages = words.pages.map(([address, title, language, date, headings, names, links, leadsOn]) => {
        const places = headings.map(([anchor, words, startsAt]) => ({ anchor, words, startsAt, folded: fold(words) }));
        const lines = [fold(title), ...[places.map(({ folded }) => folded), names.map(fold), links.map(fold)].map(join)];
        return { address, title, language, date, places, leadsOn, folded: lines };
      });
      return { fold, pages, same: words.same.map((group) => group.map(fold)) };
    });
  reading.catch(() => (reading = undefined)); // the next key tries again
  return reading;
}

async function search() {
  const typed = field.value.trim();
  if (!typed) return show([], "");
  let words;
  try {
    words = await read();
  } catch {
    return show([], outcome.dataset.failed);
  }
  if (field.value.trim() !== typed) return;
  const terms = readTerms(typed, words.fold, words.same);
  const found = terms.length ? rank(words.pages, terms, words.fold(typed)) : [];
  const spelled = found.length === 1 ? outcome.dataset.one : outcome.dataset.many;
  show(found.slice(0, MOST), found.length ? spelled.replace("0", found.length) : outcome.dataset.none, terms);
}

function show(pages, text, terms = []) {
  count.textContent = text;
  outcome.replaceChildren(...pages.map((page) => showPage(page, terms)));
}

function showPage({ address, title, language, date, places }, terms) {
  const item = make("li", { className: "find", lang: language });
  item.append(make("h2", {}, make("a", { href: address, textContent: title })));
  if (date) item.append(make("time", { className: "find-date", dateTime: date, textContent: date }));
  const hits = places.filter(({ anchor, folded }) => anchor && terms.some(({ pattern }) => pattern.test(folded)));
  if (hits.length) item.append(make("ul", { className: "hits" }, ...hits.slice(0, MOST_PLACES).map(showPlace)));
  return item;

  function showPlace({ anchor, words, startsAt }) {
    const place = make("a", { className: "hit-place", href: `${address}#${anchor}` });
    if (startsAt !== null) place.append(make("span", { className: "time", textContent: spelledTime(startsAt) }), " ");
    place.append(words);
    return make("li", {}, place);
  }
}

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function spelledTime(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, i) => (i ? String(part).padStart(2, "0") : part)).join(":");
}

onEachPage(() => {
  field = document.querySelector("#q");
  outcome = document.querySelector("#finds");
  count = document.querySelector("#finds-count");
  if (!outcome) return;
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  search();
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(history.state, "", `?${new URLSearchParams({ q: field.value })}`);
    search();
  });
  field.addEventListener("input", (event) => {
    if (event.isComposing) return; // the input method still has the word
    clearTimeout(waiting);
    waiting = setTimeout(search, PAUSE);
  });
  field.addEventListener("compositionend", search);
});
