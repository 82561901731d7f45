// The audio beside the lines: a line is played, and the line that is heard is marked.

import { isComposing } from "../typing.js";
import { itemOf, lineOf, list, shown } from "./lines.js";

const audio = document.getElementById("transcript-audio");
let marked = null;

/** Return the present time of the audio in seconds; 0 without one. */
export const now = () => audio?.currentTime ?? 0;

function play(item) {
  if (!audio) return;
  audio.currentTime = lineOf(item).start;
  audio.play().catch(() => {}); // the player itself says what is wrong with the audio
}

// The last line that has begun: a search by halves.
function heard(seconds) {
  let [low, high] = [0, shown.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (shown[middle].start <= seconds) low = middle + 1;
    else high = middle;
  }
  return shown[low - 1];
}

function mark() {
  const line = heard(audio.currentTime + 0.05);
  const item = line && itemOf(line);
  if (item === marked) return;
  marked?.removeAttribute("aria-current");
  marked = item ?? null;
  marked?.setAttribute("aria-current", "true");
  if (marked && !list.contains(document.activeElement)) marked.scrollIntoView({ block: "center" });
}

audio?.addEventListener("timeupdate", mark);
list.addEventListener("click", ({ target }) => target.matches(".transcript-time") && play(target.closest("li")));

document.addEventListener("keydown", (event) => {
  if (!audio || isComposing(event)) return;
  const item = event.target.closest("#transcript-lines li");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && item) {
    event.preventDefault();
    if (audio.paused) play(item);
    else audio.pause();
  } else if (event.key === " " && !event.target.closest("input, textarea, select, button, summary, audio, a")) {
    event.preventDefault();
    if (audio.paused) audio.play().catch(() => {});
    else audio.pause();
  }
});
