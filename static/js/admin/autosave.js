// Autosave: a working copy of the form is kept on the server every few seconds, and in this browser while the server
// cannot be reached or the login has expired. None of it is public, and none of it is a revision.

import { form as deskForm, saved, savedSign, sign, typed, unsaved } from "./form_state.js";

const EVERY = 5000; // milliseconds between two looks at the form
const HEARTBEAT = 30000; // milliseconds between two messages to the server that the form is open
const LONGEST_LAST_WORD = 60000; // bytes: more than that no browser sends for a page that is being left (keepalive)

const keeping = document.getElementById("desk-keeping");
const form = keeping && deskForm;
const news = document.getElementById("desk-kept");

const cookie = () => /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? form.elements.csrfmiddlewaretoken.value;

// --- in this browser: one entry for each page of a form, by account and address ---

const place = `interaxion ${keeping?.dataset.user} ${keeping?.dataset.place}`;

// Return whether it was kept: the storage may be full or forbidden.
function keepHere(key, entry) {
  try {
    localStorage.setItem(`${place} ${key}`, JSON.stringify(entry));
    return true;
  } catch {
    return false;
  }
}

const newKey = () => crypto.randomUUID?.() ?? `${Math.random()}`.slice(2) + Date.now();
const dropHere = (key) => localStorage.removeItem(`${place} ${key}`);

function keptHere() {
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(`${place} `))
    .map((name) => ({ key: name.slice(place.length + 1), ...JSON.parse(localStorage.getItem(name)) }));
}

// --- on the server ---

class LoggedOut extends Error {}

async function send(key, entry, options = {}) {
  const body = new URLSearchParams({ key, ...entry });
  const response = await fetch(keeping.dataset.url, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": cookie() },
    redirect: "manual", // to the login
    ...options,
  });
  if (response.type === "opaqueredirect" || response.status === 403) throw new LoggedOut();
  if (!response.ok) throw new Error(response.status);
  return response.json();
}

function tell(words, isLoggedOut = false) {
  if (news.dataset.words === words) return;
  news.dataset.words = words;
  news.textContent = words;
  if (!isLoggedOut) return;
  const link = document.createElement("a");
  link.textContent = keeping.dataset.logIn;
  link.href = `${keeping.dataset.login}?next=${encodeURIComponent(keeping.dataset.place)}`;
  link.target = "_blank";
  link.rel = "noopener";
  news.append(" ", link);
}

function tellOfOthers(answer) {
  const others = document.getElementById("desk-others");
  const words = answer.others.length ? [keeping.dataset.others.replace("%s", answer.others.join(", "))] : [];
  const known = keeping.dataset.asked || form.elements.loaded_version?.value || answer.version;
  if (answer.version > Number(known)) words.push(keeping.dataset.newer);
  others.hidden = !words.length;
  if (others.textContent !== words.join(" ")) others.textContent = words.join(" ");
}

function start() {
  let key = keeping.dataset.key;
  let kept = saved; // what the server has
  let keptSign = savedSign; // the same, as `sign()` spells it
  let keptAt = ""; // when the server got it, in words
  let submitted = null; // what the last save sent
  let isSending = false;
  let isAskedAgain = false; // while a message was on its way
  let isSaving = false; // from the save until the next page: what is being saved needs no copy
  let heardAt = 0;
  // If everything was undone, no copy is needed.
  const entry = (data) => ({ data: data === saved ? "" : data, base: form.elements.loaded_version?.value ?? "0" });

  async function keep(options = {}) {
    const signed = sign();
    if (isSaving || (signed === keptSign && Date.now() - heardAt < HEARTBEAT)) return;
    if (isSending) {
      isAskedAgain = true;
      return;
    }
    isSending = true;
    const data = typed();
    const isNew = data !== kept;
    try {
      const answer = await send(key, isNew ? entry(data) : {}, options);
      if (answer.isClosed) {
        key = newKey(); // the page was restored after its save (back/forward cache)
        form.elements.working_copy.value = key;
        if (data === submitted) [kept, keptSign] = [data, signed];
        return;
      }
      heardAt = Date.now();
      kept = data;
      keptSign = signed;
      if (sign() === signed) dropHere(key);
      if (isNew) keptAt = data === saved ? "" : keeping.dataset.kept.replace("%s", answer.keptAt);
      tell(keptAt);
      tellOfOthers(answer);
    } catch (problem) {
      const isLoggedOut = problem instanceof LoggedOut;
      const isKept = !isNew || keepHere(key, entry(data));
      const words = isLoggedOut ? keeping.dataset.loggedOut : keeping.dataset.offline;
      if (isNew || isLoggedOut) tell(isKept ? words : keeping.dataset.nowhere, isLoggedOut);
    } finally {
      isSending = false;
    }
    if (!isAskedAgain) return;
    isAskedAgain = false;
    keep();
  }

  // The page may be gone before an answer comes: keep what is new in this browser, and send it if it is not too long.
  function lastWord() {
    const data = typed();
    if (data === kept) return;
    keepHere(key, entry(data));
    keep({ keepalive: data.length < LONGEST_LAST_WORD });
  }

  setInterval(keep, EVERY);
  window.addEventListener("online", () => keep());
  document.addEventListener("visibilitychange", () => document.hidden && lastWord());
  form.addEventListener("input", () => (isSaving = false)); // the save was stopped, and the user types again
  form.addEventListener("submit", () => {
    isSaving = true;
    submitted = typed();
    if (submitted !== saved) keepHere(key, entry(submitted)); // it is still here if the save ends at the login
    form.elements.csrfmiddlewaretoken.value = cookie(); // the current one, after a login in another tab
  });
  form.addEventListener("desk:saved", () => {
    dropHere(key);
    key = keeping.dataset.key;
    [kept, keptSign] = [saved, savedSign];
    keptAt = "";
    submitted = null;
    heardAt = 0; // the new key is not known to the server yet
    isSaving = false;
    tell("");
    keep();
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    isSaving = false;
    keep();
  });
  const older = keptHere().find((each) => each.key === key);
  if (older?.data && older.data !== typed() && unsaved === "kept") {
    // The page shows the server's copy, which is older than the one in this browser: that is offered too.
    keepHere(newKey(), { data: older.data, base: older.base });
    dropHere(key);
  }
  keep();
  offerKept(key);
}

// Send text that only this browser has to the server as soon as it can be reached, and offer it.
async function offerKept(own) {
  const waiting = keptHere().filter(({ key }) => key !== own);
  waiting.forEach(({ key }) => hold(key, true)); // the server's version of it is older
  try {
    for (const { key, data, base } of waiting) {
      const answer = await send(key, { data, base });
      dropHere(key);
      if (data && !answer.isClosed) offer(key);
    }
  } catch {
    // the next page tries again
  } finally {
    waiting.forEach(({ key }) => hold(key, false));
  }
}

function hold(key, isHeld) {
  const notices = [...document.querySelectorAll(".desk-kept")].filter((notice) => notice.elements.key.value === key);
  for (const button of notices.flatMap((notice) => [...notice.querySelectorAll("button")])) button.disabled = isHeld;
}

function offer(key) {
  const shown = [...document.querySelectorAll(".desk-kept input[name=key]")];
  if (shown.some((input) => input.value === key)) return;
  const template = document.getElementById("desk-kept-here");
  const notice = template.content.cloneNode(true);
  notice.querySelector("[name=key]").value = key;
  template.after(notice);
}

if (form) start();
