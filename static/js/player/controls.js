// Our controls in place of the browser's.

import { showPlaying } from "../contents.js";
import { copy } from "../copying.js";
import { soundOfPage } from "../sound/sound.js";
import { offerSpeeds } from "../sound/speed.js";
import { keepBarLine } from "./bar.js";
import { listenToKeys } from "./keys.js";
import { addressOf } from "./moments.js";
import { offerToResume } from "./resume.js";
import { sectionAt, sectionsOf } from "./sections.js";
import { steer } from "./steering.js";

/**
 * Replace the browser's controls, for the episode whose address is `page`, until `signal` is aborted. Returns its
 * sound, with `canGoOn`, and `goOn()`, which moves to where the listener stopped.
 */
export function takeOver(listen, page, signal) {
  const player = listen.querySelector(".player");
  const parts = player.querySelector(".player-parts").content.cloneNode(true);
  const part = (name) => parts.querySelector(name) ?? player.querySelector(name);
  const [toggle, slider, bare, bar] = [".play-pause", ".position", ".bare", ".bar-line"].map(part);
  const [resume, afresh, speeds, embedding] = [".resume", ".afresh", ".speed select", ".copy-embed"].map(part);

  // The timeline is the track if it is true to scale, else a plain line is.
  const measured = listen.querySelector(".timeline:not(.unmeasured, .bare)");
  if (measured) bare.remove();
  else player.before(bare);
  const drawing = (measured ?? bare).querySelector("svg");
  const sound = soundOfPage(listen.querySelector(".audio"), page, measured ? sectionsOf(drawing) : []);
  const { audio, isPlaying } = sound;
  const stopped = audio.played.length ? null : sound.stopped;
  drawing.dataset.seconds ??= audio.dataset.seconds ?? 0;

  audio.controls = false;
  (measured ?? bare).append(slider);
  player.append(parts);
  player.classList.add("ours");
  const keys = listen.querySelector(".keys");
  if (keys) keys.hidden = false;

  const lines = [[drawing, slider], keepBarLine(player, bar, drawing)];
  const { show, tracks } = steer(player, sound, { lines, page: listen.dataset.page, signal });
  /** From now on the player is sticky. */
  const use = () => player.classList.add("in-use");
  function showSection() {
    if (tracks.some(({ isHeld }) => isHeld())) return;
    showPlaying(isPlaying() ? (sectionAt(sound.sections, audio.currentTime)?.anchor ?? "") : null);
  }
  audio.addEventListener("use", use, { signal });
  for (const event of ["play", "pause", "ended", "error", "timeupdate", "seeked", "move"]) {
    audio.addEventListener(event, showSection, { signal });
  }
  listen.addEventListener("load-frame", () => {
    audio.pause();
    player.classList.remove("in-use");
  });
  player.querySelector(".copy-moment").addEventListener("click", () => copy(addressOf(page, audio.currentTime)));
  embedding.addEventListener("click", () => {
    copy(embedding.dataset.frame.replace("{address}", addressOf(`${page}/embed`, audio.currentTime)));
  });
  offerSpeeds(audio, speeds);
  listenToKeys(listen, sound);
  const play = (seconds) => {
    sound.play(seconds);
    toggle.focus(); // the button that had the focus disappears
  };
  offerToResume(audio, stopped, { resume, afresh, play, signal });

  function goOn() {
    sound.stand(stopped);
    afresh.hidden = false;
  }

  if (isPlaying()) use();
  show();
  showSection();
  return { ...sound, canGoOn: stopped !== null, goOn };
}
