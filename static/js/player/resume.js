// Remembers where the listener stopped, offers it when they come back, and forgets it at the end.

import { spellTime } from "../times.js";
import { forget, recall, remember } from "./memory.js";

const WORTH_IT = 15; // seconds: a place so near to the start or to the end is not offered

/**
 * Return the place in seconds, or null if there is none worth it. Until something plays, the button `resume` offers it,
 * and the button `afresh`, once shown, the beginning; `play(seconds)` is called when one of them is pressed.
 */
export function offerToResume(audio, resume, afresh, play) {
  const name = `position ${audio.dataset.guid}`;
  const stopped = Number(recall(name)) || 0;
  let kept = null; // seconds; nothing is kept before it plays

  function keep() {
    if (kept === null) return;
    kept = audio.currentTime;
    const isAtEnd = audio.ended || kept > audio.duration - WORTH_IT;
    if (isAtEnd) forget(name);
    else if (kept > WORTH_IT) remember(name, Math.floor(kept));
  }

  resume.hidden = stopped <= WORTH_IT;
  resume.textContent = resume.dataset.words.replace("{time}", spellTime(stopped));
  resume.addEventListener("click", () => play(stopped));
  afresh.addEventListener("click", () => play(0));
  audio.addEventListener("play", () => {
    resume.hidden = afresh.hidden = true;
    kept = audio.currentTime;
  });
  audio.addEventListener("timeupdate", () => {
    if (Math.abs(audio.currentTime - kept) > 4) keep();
  });
  for (const event of ["pause", "ended"]) audio.addEventListener(event, keep);
  addEventListener("pagehide", keep);
  return stopped > WORTH_IT ? stopped : null;
}
