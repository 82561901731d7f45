// The sound of an episode: its audio, and what goes on wherever its controls are, on a page or in the dock.

import { joinMediaSession } from "./media_session.js";
import { movesOf } from "./moving.js";
import { useUsualSpeed } from "./speed.js";
import { keepPlace } from "./stopped.js";
import { playAlone } from "./tabs.js";

let current = null; // the sound that was played last, until it is put away

/** Tell the document, by the event `sound`, that a sound plays, pauses, is over or is put away. */
const tell = (sound) => document.dispatchEvent(new CustomEvent("sound", { detail: sound }));

/** Return the sound that was begun, plays or pauses, and is not over; else null. */
export const soundUnderWay = () => (current && !current.audio.ended ? current : null);

/** `page` is the address of the episode, `stopped` the second at which it was left the last time, or null. */
export function makeSound(audio, page, sections = []) {
  const sound = { audio, page, sections, stopped: keepPlace(audio) };
  Object.assign(sound, movesOf(sound));
  useUsualSpeed(audio);
  playAlone(audio);
  joinMediaSession(sound);
  audio.addEventListener("play", () => (current = sound));
  for (const event of ["play", "pause", "ended"]) audio.addEventListener(event, () => tell(sound));
  return sound;
}

/** Return the sound for the audio of a page: where this episode is under way already, its audio takes the place. */
export function soundOfPage(audio, page, sections) {
  const going = soundUnderWay();
  if (!going || going.audio.dataset.guid !== audio.dataset.guid) return makeSound(audio, page, sections);
  audio.replaceWith(going.audio);
  going.page = page;
  going.sections.splice(0, Infinity, ...sections);
  return going;
}

export function putAway(sound) {
  sound.audio.pause();
  sound.audio.remove();
  if (sound === current) current = null;
  tell(sound);
}
