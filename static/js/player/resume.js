// Offers to go on where the listener stopped.

import { spellTime } from "../times.js";

/**
 * Until something plays, the button `resume` offers the second `stopped`, and the button `afresh`, once shown, the
 * beginning; `play(seconds)` is called when one of them is pressed.
 */
export function offerToResume(audio, stopped, { resume, afresh, play, signal }) {
  resume.hidden = stopped === null;
  resume.textContent = resume.dataset.words.replace("{time}", spellTime(stopped ?? 0));
  resume.addEventListener("click", () => play(stopped));
  afresh.addEventListener("click", () => play(0));
  audio.addEventListener("play", () => (resume.hidden = afresh.hidden = true), { signal });
}
