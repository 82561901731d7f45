// While a sound is under way, a link or a search within the site replaces the page without a reload: it goes on.
// At any other time, and for all that is no page of ours, the browser does what it always does.

import { enterPage, leavePage, onTravel } from "../pages.js";
import { soundUnderWay } from "../sound/sound.js";
import { arrive, sayUnreachable } from "./arriving.js";
import { loadStyles, replacePage, runScripts } from "./replacing.js";

const places = new Map(); // how far down each visited page stood
let visit = Date.now();
let waiting = new AbortController();

const isOfThisRelease = (page) => page.documentElement.dataset.release === document.documentElement.dataset.release;

/** Fetch a page; null if the address is none of ours, or of another release, whose scripts are others. */
async function fetchPage(address, signal) {
  const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!answer.headers.get("Content-Type")?.startsWith("text/html")) {
    answer.body?.cancel();
    return null;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!isOfThisRelease(page)) return null;
  const url = new URL(answer.url);
  url.hash ||= address.hash;
  return { page, url };
}

/** Replace the page. `former` is the state of an entry of the history that is gone back or forward to. */
async function go(address, former = null) {
  waiting.abort();
  waiting = new AbortController();
  const { signal } = waiting;
  document.documentElement.setAttribute("aria-busy", "true");
  let found = null;
  try {
    found = await fetchPage(address, signal);
    if (found) await loadStyles(found.page);
  } catch {
    if (signal.aborted) return;
    document.documentElement.removeAttribute("aria-busy");
    if (!former && !navigator.onLine) return sayUnreachable();
  }
  if (signal.aborted) return;
  if (!found) return former ? location.reload() : location.assign(address);

  places.set(visit, scrollY);
  leavePage();
  visit = former?.visit ?? Date.now();
  history.scrollRestoration = "manual";
  if (!former) history.pushState({ visit }, "", found.url);
  replacePage(found.page);
  enterPage(Boolean(former));
  arrive(former ? places.get(visit) : undefined);
  history.replaceState({ visit }, ""); // going to a place on the page has emptied it
  runScripts(found.page);
}

/** Return the address of a link that the browser would open in this page; else null. */
function followed(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  if (link.hasAttribute("download") || !["", "_self", null].includes(link.getAttribute("target"))) return null;
  const url = new URL(link.getAttribute("href"), document.baseURI);
  const isPlace = url.hash && url.pathname + url.search === location.pathname + location.search;
  return isPlace ? null : url;
}

/** Return the address that a form asks for; null if it sends something. */
function asked({ target: form, submitter }) {
  if (form.method !== "get" || form.target) return null;
  const url = new URL(form.action);
  url.search = new URLSearchParams(new FormData(form, submitter));
  return url;
}

/** Whether there is a text on the page that only the browser would bring back. */
function isBeingWritten() {
  const fields = [...document.querySelectorAll("form[method=post] :is(input, textarea)")];
  return fields.some(({ value, defaultValue }) => value !== defaultValue);
}

function follow(event, address) {
  if (event.defaultPrevented || !soundUnderWay() || address?.origin !== location.origin || isBeingWritten()) return;
  event.preventDefault();
  go(address);
}

// On the window, after whatever else the page does with a press.
addEventListener("click", (event) => follow(event, followed(event)));
addEventListener("submit", (event) => follow(event, asked(event)));
onTravel(() => go(new URL(location.href), history.state ?? {}));
history.replaceState({ ...history.state, visit }, "");
