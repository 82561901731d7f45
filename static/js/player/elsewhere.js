// The episode as another site plays it. Nothing of theirs is asked for before the visitor presses the button, which
// names the host. Where their player can begin at a second, a time on the page is a time of theirs.

import { makeFrame } from "../embeds.js";
import { spellTime } from "../times.js";

/** Returns `canSeek`, `isLoaded()`, `begin(seconds)` and `offer()`. */
export function offerElsewhere(figure) {
  const button = figure.querySelector(".play-here");
  const words = button.querySelector(".play-here-words");
  const canSeek = "start" in figure.dataset;
  const address = new URL(figure.dataset.frame);
  let frame = null;

  function load() {
    // They begin by themselves where they may: the visitor has asked for it.
    if (canSeek) address.searchParams.set("autoplay", 1);
    const next = makeFrame(figure, address.href);
    (frame ?? button).replaceWith(next);
    frame = next;
    figure.classList.remove("ready");
  }

  /** What plays moves, for which it is loaded again; else the button, now kept in sight, says where it will begin. */
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

  /** The frame is higher than the button was: what it covers of the section that was gone to comes out again. */
  function uncover() {
    const place = document.querySelector(":target");
    const top = place?.getBoundingClientRect().top;
    if (top > 0 && top < figure.getBoundingClientRect().bottom) place.scrollIntoView();
  }

  /** One more press plays it. The focus goes there when the browser has followed the link that was pressed. */
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
