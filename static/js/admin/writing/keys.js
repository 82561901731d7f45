// The list of keys, behind `?`.

import { isComposing } from "../typing.js";

function show() {
  let list = document.getElementById("keys");
  if (!list) {
    list = document.getElementById("keys-template")?.content.firstElementChild.cloneNode(true);
    if (!list) return;
    document.body.append(list);
    list.addEventListener("click", (event) => {
      if (event.target === list || event.target.closest("[data-do=close]")) list.close();
    });
  }
  list.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || isComposing(event) || event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
  event.preventDefault();
  show();
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.(".editing-tools [data-do=keys]")) show();
});
