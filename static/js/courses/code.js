// A button beside each block of code that copies it. Without this module the code is selected by hand.

import { onEachPage } from "../pages.js";

const STAYS = 3000; // milliseconds that the confirmation is shown

function addButton(block, words) {
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    className: "copy-code",
    textContent: words.copy,
  });
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(block.textContent);
    } catch {
      getSelection().selectAllChildren(block);
      return;
    }
    button.textContent = words.copied;
    setTimeout(() => (button.textContent = words.copy), STAYS);
  });
  block.before(button);
}

onEachPage(() => {
  const words = document.getElementById("lesson-words")?.dataset;
  if (!words || !navigator.clipboard) return;
  for (const block of document.querySelectorAll(".prose pre:not([data-language=mermaid])")) addButton(block, words);
});
