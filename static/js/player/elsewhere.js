// The episode in the player of another site. Nothing is loaded from it before the visitor presses the button, which
// names the host. If that player can begin at a second, the times on the page move it.

import { makeFrame } from "../embeds.js";
import { spellTime } from "../times.js";

/** Return `canSeek`, `isLoaded()`, `begin(seconds)` and `offer()`. */
export function offerElsewhere(figure) {
  const button = figure.querySelector(".play-here");
  const words = button.querySelector(".play-here-words");
  const canSeek = "start" in figure.dataset;
  const address = new URL(figure.dataset.frame);
  let frame = null;

  function load() {
    // Autoplay where that is allowed: the visitor has pressed the button.
    if (canSeek) address.searchParams.set("autoplay", 1);
    const next = makeFrame(figure, address.href);
    (frame ?? button).replaceWith(next);
    frame = next;
    figure.classList.remove("ready");
  }

  /** Move the player, which reloads it; before it is loaded, its (now sticky) button says where it will begin. */
  function begin(seconds) {
    if (!canSeek) return;
    address.searchParams.set(figure.dataset.start, Math.floor(seconds));
    if (frame) {
      load();
      return;
    }
    words.textContent = words.dataset.from.replace("{time}", spellTime(seconds));
    figure.classList.add("ready");
  }

  /** Uncover the section that was jumped to: the frame is higher than the button was. */
  function uncover() {
    const place = document.querySelector(":target");
    const top = place?.getBoundingClientRect().top;
    if (top > 0 && top < figure.getBoundingClientRect().bottom) place.scrollIntoView();
  }

  /** Focus the button, so that one more press plays; after the browser has followed the link that was pressed. */
  const offer = () => setTimeout(() => button.focus({ preventScroll: true }));

  button.addEventListener("click", () => {
    load();
    frame.focus({ preventScroll: true });
    uncover();
    figure.dispatchEvent(new CustomEvent("load-frame", { bubbles: true }));
  });
  button.hidden = false;
  return { canSeek, isLoaded: () => Boolean(frame), begin, offer };
}
