// *Save* sends the form by script: a refused save stays on the page, and so does a saved form where its fields are the
// same; else it is loaded again at its place.
// Without this script the browser sends the same form itself.

import { saidBy } from "./news.js";
import { complain, ask } from "./refusals.js";
import { desk, form, hasFile, isStored, progress } from "./form_state.js";
import { keepPlace } from "./place.js";
import { takeOver } from "./saved_page.js";
import { whenCalm } from "./typing.js";
import { announce, isTooLarge } from "./upload.js";

const words = desk?.dataset ?? {};
const said = document.getElementById("desk-said");

let isPlain = false; // the next submit is the browser's own

const stay = (event) => event.preventDefault();

function send(button) {
  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  const request = new XMLHttpRequest();
  const news = announce(request) ?? { tell: (sentence) => (said.textContent = sentence), end: () => {} };
  let isTypedOn = false;
  const typeOn = () => (isTypedOn = true);
  form.addEventListener("input", typeOn);
  window.addEventListener("beforeunload", stay);
  progress.isSaving = true;
  if (button) button.disabled = true;
  const release = () => {
    form.removeEventListener("input", typeOn);
    window.removeEventListener("beforeunload", stay);
    progress.isSaving = false;
    if (button) button.disabled = false;
    news.end();
  };
  const end = (sentence) => {
    release();
    news.tell(sentence);
    form.querySelector("input[name=_then]")?.remove();
    form.dispatchEvent(new Event("input", { bubbles: true })); // it is still not saved
  };
  const finish = async (answer) => {
    const { savedAt, messages } = isTypedOn || hasFile() ? {} : await takeOver(answer.location, () => isTypedOn);
    if (isTypedOn && !savedAt) {
      goOnWith(answer);
      return end(words.saved);
    }
    release();
    if (savedAt) return news.tell(savedAt);
    keepPlace(answer.location, messages);
    return location.assign(answer.location);
  };
  news.tell(words.saving);
  request.addEventListener("load", () => {
    let answer = null;
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      const isLoggedOut = request.status === 200 || request.status === 403;
      return end(isLoggedOut ? words.loggedOut : (saidBy(request.status) ?? words.offline));
    }
    if (answer.page) {
      release();
      return sendPlainly(button);
    }
    if (answer.location) return whenCalm(() => finish(answer));
    end(answer.asked ? words.asked : words.refused);
    complain(answer.errors ?? {});
    return ask(answer.asked);
  });
  for (const name of ["error", "abort"]) request.addEventListener(name, () => end(words.offline));
  request.open("POST", form.action || location.href);
  request.setRequestHeader("X-Desk-Script", "save");
  request.send(body);
}

// Somebody typed while it was being saved: the next save is put together with this one. Something new is there now.
function goOnWith({ location: address, version }) {
  if (form.elements.audio_file?.type === "file") form.elements.audio_file.value = "";
  if (isStored()) return;
  form.action = address;
  desk.dataset.previewUrl = new URL("preview/", new URL(address, location.href)).pathname;
  form.elements.loaded_version.value = version;
}

// Send the form without this script: only a full page can ask some questions, such as which change wins.
function sendPlainly(button) {
  isPlain = true;
  form.requestSubmit(button);
}

form?.addEventListener("input", ({ isTrusted }) => isTrusted && (said.textContent = ""));
form?.addEventListener("submit", (event) => {
  if (isPlain || event.defaultPrevented) return;
  const button = event.submitter;
  const isSave = !button || button.name === "_continue" || button.closest("#desk-question");
  if (!isSave) return; // another page was requested
  event.preventDefault();
  if (progress.isSaving) return;
  complain(isTooLarge());
  if (!form.querySelector(".from-script")) send(button);
});
