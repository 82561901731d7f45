// Drag and drop: rows are dragged by their heading and dropped between others.

import { ROW, count } from "./row_order.js";

let taken = null;

export function letDrag(group) {
  group.addEventListener("dragstart", (event) => {
    if (!event.target.matches?.("h3")) return;
    taken = event.target.closest(ROW);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(event.target, 0, 0);
  });
  group.addEventListener("dragover", (event) => {
    const over = event.target.closest?.(ROW);
    if (!taken || !over || !group.contains(taken)) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (over === taken) return;
    if (event.clientY < box.top + box.height / 2) over.before(taken);
    else over.after(taken);
  });
  group.addEventListener("drop", (event) => taken && event.preventDefault());
  group.addEventListener("dragend", () => {
    if (taken) count(group);
    taken = null;
  });
}
