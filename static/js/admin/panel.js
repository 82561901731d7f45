// A small dialog under a textarea: Enter confirms, Escape cancels, and the caret returns to its place.

import { isComposing } from "./typing.js";

let leave = null;

// Show the <template> of this id; resolve to the values by their data-name, or null. `prepare(panel, answer)` may fill
// the dialog in, and may close it with an answer of its own.
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
      event.preventDefault(); // Enter would save the form around it
    });
    panel.addEventListener("click", (event) => {
      const does = event.target.closest("[data-do]")?.dataset.do;
      if (does === "ok") end(read());
      if (does === "cancel") leave();
    });
    // Typing here is not a change of the form around it.
    for (const name of ["input", "change"]) panel.addEventListener(name, (event) => event.stopPropagation());
    editor.after(panel);
    prepare(panel, end);
    panel.show();
    const inputs = [...panel.querySelectorAll("input:not([type=file])")];
    (inputs.find((input) => !input.value) ?? inputs[0]).select(); // focus the first empty field
  });
}
