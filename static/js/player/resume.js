// Where the listener stopped: kept while they listen, offered when they come back, forgotten at the end.

import { spellTime } from "../times.js";
import { forget, recall, remember } from "./memory.js";

const WORTH_IT = 15; // seconds: neither the first nor the last of them are a place to go on from

/** The button appears where there is something to resume; `resume(seconds)` is called when it is pressed. */
export function offerToResume(audio, button, resume) {
  const name = `position ${audio.dataset.guid}`;
  const stopped = Number(recall(name)) || 0;
  let kept = null; // until it plays, nothing is kept

  function keep() {
    if (kept === null) return;
    kept = audio.currentTime;
    const isAtEnd = audio.ended || kept > audio.duration - WORTH_IT;
    if (isAtEnd) forget(name);
    else if (kept > WORTH_IT) remember(name, Math.floor(kept));
  }

  button.hidden = stopped <= WORTH_IT;
  button.textContent = button.dataset.words.replace("{time}", spellTime(stopped));
  button.addEventListener("click", () => resume(stopped));
  audio.addEventListener("play", () => {
    button.hidden = true;
    kept = audio.currentTime;
  });
  audio.addEventListener("timeupdate", () => {
    if (Math.abs(audio.currentTime - kept) > 4) keep();
  });
  for (const event of ["pause", "ended"]) audio.addEventListener(event, keep);
  addEventListener("pagehide", keep);
}
