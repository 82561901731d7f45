// Remembers where the listener stopped, and forgets it at the end.

import { forget, recall, remember } from "./memory.js";

const WORTH_IT = 15; // seconds: a place so near to the start or to the end is not kept

/** Return the second at which the listener stopped the last time, null if it is not worth it; keep it from now on. */
export function keepPlace(audio) {
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

  audio.addEventListener("play", () => (kept = audio.currentTime));
  audio.addEventListener("timeupdate", () => {
    if (Math.abs(audio.currentTime - kept) > 4) keep();
  });
  for (const event of ["pause", "ended"]) audio.addEventListener(event, keep);
  addEventListener("pagehide", keep);
  return stopped > WORTH_IT ? stopped : null;
}
