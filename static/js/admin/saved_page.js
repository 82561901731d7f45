// After a save the form stays: what the saved page says goes into it, so that caret, scrolling and undo survive.

import { desk, form, settle } from "./form_state.js";
import { SAID } from "./place.js";
import { ask, forgetComplaints } from "./refusals.js";
import { ROW, isRemoved } from "./row_order.js";
import { replace } from "./typing.js";

const NUMBERED = /^(.+)-(\d+)-([^-]+)$/; // the prefix of a formset, the number of the row, the name of the field
const FOR_ONE_SAVE = new Set(["_then", "restored", "suggestion"]);
const TEXT = "textarea, input:is([type=text], [type=url], [type=search])";

const controlsOf = (some) => [...some.elements].filter(({ name, type }) => name && !["file", "submit", "button"].includes(type));
const rowsIn = (some) => [...some.querySelectorAll(ROW)];
const pkOf = (row) => row.querySelector("input[type=hidden][name$='-id']");
const prefixOf = (row) => NUMBERED.exec(pkOf(row)?.name ?? "")?.[1];
const valueOf = (control) => (control.type === "checkbox" ? String(control.checked) : control.value);

// Return [row, its row on the saved page] for each row; null if they do not pair up. New rows have got a key.
function pairRows(fresh) {
  const mine = rowsIn(form);
  const theirs = rowsIn(fresh);
  if (mine.length !== theirs.length || !mine.every(pkOf)) return null;
  const known = new Map(theirs.map((row) => [`${prefixOf(row)} ${pkOf(row)?.value}`, row]));
  const named = (row) => `${prefixOf(row)} ${pkOf(row).value}`;
  const pairs = [];
  for (const row of mine.filter((each) => pkOf(each).value)) {
    pairs.push([row, known.get(named(row))]);
    known.delete(named(row));
  }
  for (const row of mine.filter((each) => !pkOf(each).value)) {
    const [name, added] = [...known].find(([, other]) => prefixOf(other) === prefixOf(row)) ?? [];
    pairs.push([row, added]);
    known.delete(name);
  }
  return pairs.every(([, other]) => other) ? pairs : null;
}

// Return [control, its control on the saved page] for each; null if the two pages have different fields.
function pairControls(fresh, rows) {
  const names = new Map();
  for (const [row, other] of rows) {
    const [, , number] = NUMBERED.exec(pkOf(other).name);
    names.set(`${prefixOf(row)}-${NUMBERED.exec(pkOf(row).name)[2]}`, `${prefixOf(row)}-${number}`);
  }
  const nameOnPage = (name) => {
    const [, prefix, number, ending] = NUMBERED.exec(name) ?? [];
    const start = names.get(`${prefix}-${number}`);
    return start ? `${start}-${ending}` : name;
  };
  const theirs = new Map(controlsOf(fresh).map((control) => [control.name, control]));
  const pairs = controlsOf(form)
    .filter(({ name }) => !FOR_ONE_SAVE.has(name))
    .map((control) => [control, theirs.get(nameOnPage(control.name))]);
  const met = new Set(pairs.map(([, other]) => other));
  const isNew = ({ name }) => FOR_ONE_SAVE.has(name) || name.endsWith("-DELETE"); // of a row that is stored now
  return pairs.every(([, other]) => other) && [...theirs.values()].every((other) => met.has(other) || isNew(other)) ? pairs : null;
}

// Change only what differs, so that the caret stays with its words, and undo with the text.
function retype(control, text) {
  const old = control.value;
  let start = 0;
  while (start < Math.min(old.length, text.length) && old[start] === text[start]) start += 1;
  let same = 0;
  while (same < Math.min(old.length, text.length) - start && old.at(-1 - same) === text.at(-1 - same)) same += 1;
  replace(control, start, old.length - same, text.slice(start, text.length - same));
}

function fill([control, other]) {
  if (valueOf(control) === valueOf(other)) return;
  if (control.matches(TEXT)) retype(control, other.value);
  else if (control.type === "checkbox") control.checked = other.checked;
  else control.value = other.value;
}

// A row that was new is removed by a tick from now on, as every stored row is.
function markStored([row, other]) {
  const link = row.querySelector(".inline-deletelink");
  const tick = other.querySelector(":scope > h3 > .delete");
  if (!link || !tick) return;
  const [mine, theirs] = [row, other].map((each) => `${prefixOf(each)}-${NUMBERED.exec(pkOf(each).name)[2]}-DELETE`);
  tick.innerHTML = tick.innerHTML.replaceAll(theirs, mine);
  link.parentElement.replaceWith(tick);
  row.classList.add("has_original");
}

// What stands around the form: the bar, the links, the notices, the messages.
function takeAround(page) {
  for (const [selector, name] of [[".desk-state", "className"], [".desk-state", "innerHTML"], [".desk-head", "innerHTML"]]) {
    document.querySelector(selector)[name] = page.querySelector(selector)[name];
  }
  const steps = document.getElementById("desk-steps");
  if (steps) steps.innerHTML = page.getElementById("desk-steps").innerHTML;
  const keeping = document.getElementById("desk-keeping");
  Object.assign(keeping.dataset, page.getElementById("desk-keeping").dataset);
  for (const notice of document.querySelectorAll("#desk-form > .desk-notice:not(#desk-others)")) notice.remove();
  keeping.before(...page.querySelectorAll("#desk-form > .desk-notice:not(#desk-others)"));
  for (const old of document.querySelectorAll(SAID)) old.remove();
  document.getElementById("content").before(...page.querySelectorAll(SAID));
  document.title = page.title;
}

// Fetch the saved page and take it over; return `{savedAt}`, in words. With nothing changed return `{messages}`, the HTML
// of what the page would have said once, if only loading it will do, or if `isTypedOn()`: somebody typed meanwhile.
export async function takeOver(address, isTypedOn) {
  const url = new URL(address, location.href);
  if (url.pathname !== location.pathname || rowsIn(form).some(isRemoved)) return {};
  let page;
  try {
    const response = await fetch(url);
    if (!response.ok || response.redirected) return {};
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return {};
  }
  const fresh = page.getElementById(form.id);
  const messages = [...page.querySelectorAll(SAID)].map((each) => each.outerHTML).join("");
  if (isTypedOn()) return { messages };
  const rows = fresh && pairRows(fresh);
  const controls = rows && pairControls(fresh, rows);
  if (!controls || Boolean(document.getElementById("desk-steps")) !== Boolean(page.getElementById("desk-steps"))) return { messages };
  const field = form.contains(document.activeElement) ? document.activeElement : null;
  const top = (field ?? desk).getBoundingClientRect().top;
  forgetComplaints();
  ask("");
  controls.forEach(fill);
  rows.forEach(markStored);
  for (const name of FOR_ONE_SAVE) {
    form.querySelector(`input[name=${name}]`)?.remove();
    const hidden = fresh.querySelector(`input[name=${name}]`);
    if (hidden) form.append(hidden);
  }
  takeAround(page);
  history.replaceState(history.state, "", url);
  window.scrollBy({ top: (field ?? desk).getBoundingClientRect().top - top, behavior: "instant" });
  settle();
  return { savedAt: page.getElementById("desk").dataset.savedAt };
}
