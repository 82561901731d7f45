// Moves through the audio, for a button, a key, a time on the page or the keys of headphones.

import { sectionAt } from "../player/sections.js";

/**
 * Return the moves of a sound. The audio gets the event `use` when the listener begins to use the player, and `move`
 * when it stands at another time.
 */
export function movesOf({ audio, sections }) {
  const isPlaying = () => !audio.paused && !audio.error;
  const use = () => audio.dispatchEvent(new Event("use"));

  function stand(seconds) {
    // Before anything is loaded this sets where playing will begin.
    audio.currentTime = Math.max(0, Math.min(seconds, audio.duration || audio.dataset.seconds || Infinity));
    audio.dispatchEvent(new Event("move"));
  }

  function seek(seconds) {
    use();
    stand(seconds);
  }

  function play(seconds) {
    const [hasFailed, stopped] = [Boolean(audio.error), audio.currentTime];
    use();
    if (hasFailed) audio.load(); // try it again
    if (hasFailed || seconds !== undefined) seek(seconds ?? stopped);
    audio.play().catch(() => {}); // the `error` event reports a failure
  }

  function toSection(step) {
    const index = sections.indexOf(sectionAt(sections, audio.currentTime));
    // Back leads to the start of the current section first.
    const isInside = step < 0 && index >= 0 && audio.currentTime - sections[index].start > 3;
    const next = sections[isInside ? index : index + step];
    if (next) seek(next.start);
  }

  const playOrPause = () => (isPlaying() ? audio.pause() : play());
  const by = (seconds) => seek(audio.currentTime + seconds);
  return { isPlaying, stand, seek, play, playOrPause, by, toSection };
}
