// A filter acts when it is chosen; the button is for those without this module. The keys that walk through the options
// of a closed field choose each of them, so it waits until they rest.

import { onEachPage } from "./pages.js";

const PAUSE = 600; // milliseconds

function actWhenChosen(form) {
  let waiting = 0;
  let isWalking = false;
  form.addEventListener("keydown", (event) => (isWalking = event.key.startsWith("Arrow") || event.key.length === 1));
  form.addEventListener("pointerdown", () => (isWalking = false));
  form.addEventListener("change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => form.requestSubmit(), isWalking ? PAUSE : 0);
  });
}

onEachPage(() => {
  for (const form of document.querySelectorAll(".filter-form")) actWhenChosen(form);
});
