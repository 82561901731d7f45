// What a refused save says, at the fields of the form; and the question that a save may ask.

import { form } from "./form_state.js";

export function forgetComplaints() {
  for (const old of form.querySelectorAll(".errorlist, .errornote")) old.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

// `errors` are sentences by the id of their field; those of the form as a whole are under "".
export function complain(errors) {
  forgetComplaints();
  for (const [id, sentences] of Object.entries(errors)) {
    if (!sentences.length) continue;
    const field = id && document.getElementById(id);
    const list = Object.assign(document.createElement("ul"), { className: "errorlist from-script", id: `${id || "form"}_said` });
    list.append(...sentences.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    if (field) {
      (field.closest(".form-multiline > div, .form-row") ?? field.parentElement).append(list);
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", list.id);
    } else {
      form.prepend(list);
    }
  }
  const first = form.querySelector("[aria-invalid]");
  for (let fold = first?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  document.getElementById("tab-edit")?.click();
  (first ?? form.querySelector(".from-script"))?.scrollIntoView({ block: "center" });
  first?.focus({ preventScroll: true });
}

// Show a question of the server: its button sends the form with the file that is still chosen.
export function ask(question) {
  document.getElementById("desk-question")?.remove();
  if (!question) return;
  form.insertAdjacentHTML("afterbegin", question);
  form.querySelector(".desk-choose-again")?.remove();
  form.querySelector("#desk-question").focus();
}
