// Ordered rows: moved by button, key or dragging; the positions are counted here. Without this script they are typed.

import { letDrag } from "./row_dragging.js";
import { ROW, isOutlineKey, move, placeOf, rowsOf } from "./row_order.js";

const desk = document.getElementById("desk");

function addButtons(row) {
  row.querySelector(".row-moves")?.remove(); // a new row is a copy of the empty form
  const buttons = document.createElement("span");
  buttons.className = "row-moves";
  for (const [step, sign, words] of [[-1, "↑", desk.dataset.up], [1, "↓", desk.dataset.down]]) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: sign });
    button.setAttribute("aria-label", words);
    button.title = words;
    button.addEventListener("click", () => {
      move(row, step);
      button.focus();
    });
    buttons.append(button);
  }
  const head = row.querySelector("h3");
  head.append(buttons);
  head.draggable = true;
}

// After a removal Django's script renumbers the rows by their place; its formset wants stored rows first.
function renumber(group) {
  const prefix = group.id.replace(/-group$/, "");
  const known = (row) => (row.querySelector(`input[name$='-id']`)?.value ? 0 : 1);
  const rows = rowsOf(group).sort((a, b) => known(a) - known(b));
  const pattern = new RegExp(`^((?:id_)?${prefix}-)\\d+(?=-|$)`);
  rows.forEach((row, index) => {
    for (const element of [row, ...row.querySelectorAll("[name], [id], [for]")]) {
      for (const attribute of ["name", "id", "for"]) {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replace(pattern, `$1${index}`));
      }
    }
  });
}

for (const group of document.querySelectorAll(".inline-group:has(.ordered)")) {
  group.classList.add("is-counted");
  for (const row of rowsOf(group)) addButtons(row);
  letDrag(group);
  group.addEventListener("keydown", (event) => {
    const row = event.target.closest(ROW);
    if (!row || !isOutlineKey(event) || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    move(row, event.key === "ArrowUp" ? -1 : 1);
  });
  group.addEventListener("formset:added", (event) => {
    const places = rowsOf(group).map((row) => Number(placeOf(row).value || 0));
    placeOf(event.target).value = Math.max(0, ...places) + 1;
    addButtons(event.target);
  });
  document.addEventListener("formset:removed", () => setTimeout(() => renumber(group)));
}
