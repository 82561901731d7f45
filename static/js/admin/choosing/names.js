// Type-ahead for tags and speakers: names with how often each is used. A combobox (WAI-ARIA Authoring Practices).

import { words } from "../news.js";
import { isComposing } from "../typing.js";

const MOST = 8;
const SEPARATOR = /[,，、;；]/;

let names = null;
const load = () => (names ??= fetch(words.namesUrl).then((answer) => (answer.ok ? answer.json() : { tags: [], speakers: [] })).catch(() => (names = null)));
const fold = (text) => text.normalize("NFKC").toLowerCase();
let count = 0;

// Names that begin with the text come first; `also` are readings and other names.
function find(list, text) {
  const sought = fold(text);
  const begins = ({ name }) => fold(name).startsWith(sought);
  const some = list.filter(({ name, also }) => fold(`${name} ${also}`).includes(sought));
  return [...some.filter(begins), ...some.filter((each) => !begins(each))].slice(0, MOST);
}

// `read()` returns the text to complete, or null; `take(entry)` puts the chosen one in.
function complete(input, kind, read, take) {
  const list = Object.assign(document.createElement("ul"), { className: "names", hidden: true, id: `names-${(count += 1)}` });
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
    input.setAttribute(name, value);
  }
  input.autocomplete = "off";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent.trim() || input.getAttribute("aria-label") || words.names);
  input.after(list);
  let shown = [];
  let at = -1;
  const mark = (place) => {
    at = place;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (list.children[at]) input.setAttribute("aria-activedescendant", list.children[at].id);
    else input.removeAttribute("aria-activedescendant");
  };
  const show = (entries) => {
    shown = entries;
    list.replaceChildren(...entries.map((entry, index) => {
      const item = Object.assign(document.createElement("li"), { textContent: entry.name, id: `${list.id}-${index}` });
      item.setAttribute("role", "option");
      item.append(Object.assign(document.createElement("span"), { textContent: entry.uses }));
      item.addEventListener("mousedown", (event) => {
        event.preventDefault(); // the focus stays
        choose(entry);
      });
      return item;
    }));
    list.hidden = !entries.length;
    list.style.left = `${input.offsetLeft}px`;
    list.style.top = `${input.offsetTop + input.offsetHeight}px`;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  };
  const choose = (entry) => {
    take(entry);
    show([]);
  };
  const look = async (event) => {
    const text = event.isComposing ? null : read();
    const known = text ? await load() : null;
    show(known && text === read() ? find(known[kind], text) : []);
  };
  input.addEventListener("input", look);
  input.addEventListener("compositionend", () => look({ isComposing: false }));
  input.addEventListener("blur", () => show([]));
  input.addEventListener("keydown", (event) => {
    if (isComposing(event) || list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(Math.max(-1, Math.min(shown.length - 1, at + step)));
    else if (event.key === "Enter" && at >= 0) choose(shown[at]);
    else if (event.key === "Escape") show([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function completeTags(input) {
  const lastStart = () => {
    const before = input.value.slice(0, input.selectionStart);
    return before.length - before.split(SEPARATOR).at(-1).length;
  };
  const read = () => {
    const text = input.value.slice(lastStart(), input.selectionStart).trim();
    return text && !text.includes('"') ? text : null;
  };
  complete(input, "tags", read, ({ typed }) => {
    const start = lastStart();
    const behind = input.value.slice(input.selectionStart).replace(/^[^,，、;；]*/, "");
    const glue = start && !/\s$/.test(input.value.slice(0, start)) && input.value[start - 1] === "," ? " " : "";
    input.focus();
    input.setSelectionRange(start, input.value.length - behind.length);
    document.execCommand("insertText", false, glue + typed);
  });
}

// A list of many people gets a field that finds one of them; the list itself stays for everybody else.
function completeSelect(select) {
  if (select.options.length <= MOST || select.dataset.isNamed) return;
  select.dataset.isNamed = "1";
  const input = Object.assign(document.createElement("input"), { type: "text", className: "name-search", placeholder: words.typeName });
  input.setAttribute("aria-label", words.typeName);
  for (const name of ["input", "change"]) input.addEventListener(name, (event) => event.stopPropagation());
  select.before(input);
  complete(input, "speakers", () => input.value.trim() || null, ({ id }) => {
    select.value = String(id);
    select.dispatchEvent(new Event("change", { bubbles: true }));
    input.value = "";
  });
}

const people = "select[name$='-speaker'], select[name=author], select[name=user]";
function addTo(root) {
  for (const select of root.querySelectorAll(people)) if (!select.closest(".empty-form")) completeSelect(select);
}

if (words.namesUrl) {
  const tags = document.querySelector("#desk input[name=tags]");
  if (tags) completeTags(tags);
  addTo(document);
  document.addEventListener("formset:added", ({ target }) => {
    target.querySelectorAll("[data-is-named]").forEach((select) => delete select.dataset.isNamed);
    target.querySelectorAll(".name-search, .names").forEach((copy) => copy.remove());
    addTo(target);
  });
}
