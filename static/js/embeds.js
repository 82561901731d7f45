// Players of other sites: nothing is loaded from them before the visitor presses the button, which names the host.
// Without this module each stays a link to its page.

import { onEachPage } from "./pages.js";

/** Return the sandboxed frame of another site: it may run its own scripts and open windows, and touch nothing here. */
export function makeFrame(figure, address) {
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = figure.querySelector("a").textContent.trim();
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
  frame.allow = "autoplay; fullscreen; encrypted-media; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  return frame;
}

function offer(figure, words) {
  const { frame: address } = figure.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.load.replace("{host}", new URL(address).host);
  const title = figure.querySelector("a").textContent.trim();
  button.setAttribute("aria-label", words.named.replace("{words}", button.textContent).replace("{title}", title));
  button.addEventListener("click", () => {
    const frame = makeFrame(figure, address);
    button.replaceWith(frame);
    frame.focus({ preventScroll: true });
  });
  figure.append(button);
}

onEachPage(() => {
  const words = document.querySelector("#embed-words")?.dataset;
  if (!words) return;
  // The player of an episode has a button of its own.
  for (const figure of document.querySelectorAll(".embed[data-frame]:not(.elsewhere)")) offer(figure, words);
});
