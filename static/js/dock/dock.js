// The dock: a bar at the foot of each page, in sight while it holds the audio. Else that is on its own page.

import { listenToKeys } from "../player/keys.js";
import { steer } from "../player/steering.js";
import { putAway } from "../sound/sound.js";

const parts = document.getElementById("sound-parts").content;
let held = null; // {sound, dock, letGo}

function makeDock(sound) {
  const dock = parts.querySelector(".dock").cloneNode(true);
  const letGo = new AbortController();
  const title = dock.querySelector(".dock-title");
  const tellTitle = () => (title.textContent = sound.audio.dataset.title);
  dock.lang = document.documentElement.lang; // pages in the other language follow
  title.lang = dock.querySelector(".now-section").lang = sound.audio.dataset.language;
  title.href = sound.page;
  tellTitle();
  document.body.append(dock);
  const line = [dock.querySelector("svg"), dock.querySelector(".position")];
  line[0].dataset.seconds = sound.audio.dataset.seconds ?? 0;
  sound.audio.addEventListener("move", tellTitle, { signal: letGo.signal });
  steer(dock, sound, { lines: [line], page: sound.page, signal: letGo.signal });
  listenToKeys(dock, sound);
  dock.querySelector(".dock-close").addEventListener("click", () => {
    empty();
    document.querySelector("main").focus({ preventScroll: true }); // the button that had the focus is gone
  });
  return { sound, dock, letGo };
}

function empty() {
  if (!held) return;
  held.letGo.abort();
  held.dock.remove();
  putAway(held.sound);
  held = null;
}

/** Take the audio out of the page, in place of what the dock holds. Audio that is moved like this plays on. */
export function hold(sound) {
  if (held?.sound !== sound) {
    empty();
    held = makeDock(sound);
  }
  held.dock.append(sound.audio);
}

// The player of a page begins something else.
document.addEventListener("sound", ({ detail: sound }) => {
  if (sound !== held?.sound && !sound.audio.paused) empty();
});
