// The arrow keys turn the pages of a course: the links that are in the page already.

import { onEachPage } from "../pages.js";

function turn(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (!rel) return;
  // Where the arrows do something already: fields, players, and boxes that scroll sideways.
  if (event.target.closest("input:not([type=checkbox]), textarea, select, audio, video, [contenteditable], [role=slider]")) return;
  const box = event.target.closest("[tabindex]");
  if (box && box.scrollWidth > box.clientWidth) return;
  document.querySelector(`.neighbours a[rel=${rel}]`)?.click();
}

onEachPage(({ signal }) => {
  if (document.getElementById("lesson-words")) addEventListener("keydown", turn, { signal });
});
