// Uploads a form with a large file, with progress; errors appear at their fields, and the file stays chosen.
// Without this script the browser sends the same form itself.

import { saidBy } from "./news.js";

const template = document.getElementById("upload-progress");
const form = template?.closest("form");
const input = form?.elements.audio_file;
const words = template?.dataset;
const MB = 1_000_000;

let isPlain = false; // the next submit is the browser's own

function complain(errors) {
  for (const old of form.querySelectorAll(".errorlist.from-script")) old.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const [id, sentences] of Object.entries(errors)) {
    if (!sentences.length) continue;
    const field = id && document.getElementById(id);
    const list = Object.assign(document.createElement("ul"), { className: "errorlist from-script", id: `${id || "form"}_said` });
    list.append(...sentences.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    if (field) {
      field.before(list);
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", list.id);
    } else {
      form.prepend(list);
    }
  }
  const first = form.querySelector("[aria-invalid]");
  for (let fold = first?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  first?.focus();
}

// Show a question of the server: its button sends the form with the file that is still chosen.
function ask(question) {
  document.getElementById("desk-question")?.remove();
  if (!question) return;
  form.insertAdjacentHTML("afterbegin", question);
  form.querySelector(".desk-choose-again")?.remove();
  form.querySelector("#desk-question").focus();
}

const stay = (event) => event.preventDefault();
const isTooLarge = () => (input.files[0]?.size ?? 0) > Number(words.most);

function send(button) {
  const bar = document.querySelector(".desk-bar");
  const shown = template.content.firstElementChild.cloneNode(true);
  const [progress, status, cancel] = shown.children;
  bar.querySelector(".desk-upload")?.remove();
  bar.append(shown);
  if (button) button.disabled = true;

  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  const request = new XMLHttpRequest();
  let isTypedOn = false;
  const typeOn = () => (isTypedOn = true);
  form.addEventListener("input", typeOn);
  window.addEventListener("beforeunload", stay);
  const release = () => {
    form.removeEventListener("input", typeOn);
    window.removeEventListener("beforeunload", stay);
  };
  const end = (sentence) => {
    release();
    status.textContent = sentence;
    progress.remove();
    cancel.remove();
    if (button) button.disabled = false;
    form.dispatchEvent(new Event("change", { bubbles: true })); // it is still not saved
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    progress.value = (loaded / total) * 100;
    status.textContent = `${Math.floor(loaded / MB)} / ${Math.ceil(total / MB)} MB`;
  });
  request.upload.addEventListener("load", () => {
    progress.removeAttribute("value");
    status.textContent = words.sent;
  });
  request.addEventListener("load", () => {
    if (request.status === 409) {
      release();
      return sendPlainly(button);
    }
    let answer = null;
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      const isLoggedOut = request.status === 200 || request.status === 403;
      return end(isLoggedOut ? words.loggedOut : (saidBy(request.status) ?? words.offline));
    }
    if (answer.location && isTypedOn) {
      input.value = "";
      return end(words.saved);
    }
    if (answer.location) {
      release();
      return location.assign(answer.location);
    }
    end(words.refused);
    complain(answer.errors ?? {});
    return ask(answer.asked);
  });
  for (const name of ["error", "abort"]) request.addEventListener(name, () => end(words.offline));
  cancel.addEventListener("click", () => request.abort());
  request.open("POST", form.action || location.href);
  request.setRequestHeader("X-Desk-Script", "upload");
  request.send(body);
}

// Send the form without this script: only a full page can ask some questions, such as which change wins.
function sendPlainly(button) {
  if (button) button.disabled = false;
  isPlain = true;
  form.requestSubmit(button);
}

if (input?.type === "file") {
  input.addEventListener("change", () => complain(isTooLarge() ? { [input.id]: [words.tooLarge] } : {}));
  form.addEventListener("submit", (event) => {
    if (isPlain || event.defaultPrevented || !input.files.length) return;
    const button = event.submitter;
    const isSave = !button || button.name === "_continue" || button.closest("#desk-question");
    if (!isSave) return; // another page was requested
    event.preventDefault();
    if (isTooLarge()) complain({ [input.id]: [words.tooLarge] });
    else send(button);
  });
}
