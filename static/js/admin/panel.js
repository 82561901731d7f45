// A small dialog under a textarea: it asks one thing, Enter answers, Escape leaves, and the caret is where it was.

import { isComposing } from "./typing.js";

let leave = null;

// Shows the <template> of this id; answers what was filled in by its data-name, or null. `prepare(panel, answer)`
// may fill it, and may end it with an answer of its own.
export function ask(editor, id, values = {}, prepare = () => {}) {
  leave?.();
  const panel = document.getElementById(id).content.firstElementChild.cloneNode(true);
  const { selectionStart, selectionEnd } = editor;
  const fields = [...panel.querySelectorAll("[data-name]")];
  for (const field of fields) if (field.dataset.name in values) field.value = values[field.dataset.name];
  const read = () =>
    Object.fromEntries(fields.map((field) => [field.dataset.name, field.type === "checkbox" ? field.checked : field.value.trim()]));

  return new Promise((resolve) => {
    const end = (answer) => {
      leave = null;
      panel.remove();
      editor.focus();
      editor.setSelectionRange(selectionStart, selectionEnd);
      resolve(answer);
    };
    leave = () => end(null);
    panel.addEventListener("keydown", (event) => {
      if (isComposing(event)) return;
      if (event.key === "Escape") leave();
      else if (event.key !== "Enter" || !event.target.matches("input")) return;
      else end(read());
      event.preventDefault(); // Enter would save the form around
    });
    panel.addEventListener("click", (event) => {
      const does = event.target.closest("[data-do]")?.dataset.do;
      if (does === "ok") end(read());
      if (does === "cancel") leave();
    });
    // What is typed here is no change of the form around.
    for (const name of ["input", "change"]) panel.addEventListener(name, (event) => event.stopPropagation());
    editor.after(panel);
    prepare(panel, end);
    panel.show();
    const inputs = [...panel.querySelectorAll("input:not([type=file])")];
    (inputs.find((input) => !input.value) ?? inputs[0]).select(); // what is known is not asked first
  });
}
