// Our controls in place of the browser's.

import { showPlaying } from "../contents.js";
import { copy } from "../copying.js";
import { spellTime } from "../times.js";
import { keepBarLine } from "./bar.js";
import { listenToKeys } from "./keys.js";
import { joinMediaSession } from "./media_session.js";
import { addressOf } from "./moments.js";
import { movesOf } from "./moving.js";
import { offerToResume } from "./resume.js";
import { sectionAt, sectionsOf } from "./sections.js";
import { keepSpeed } from "./speed.js";
import { playAlone } from "./tabs.js";
import { makeTrack } from "./track.js";

/**
 * Replace the browser's controls, for the episode whose address is `page`. Returns `seek(seconds)`, `play(seconds)`,
 * `canGoOn`, and `goOn()`, which moves to where the listener stopped.
 */
export function takeOver(listen, page) {
  const audio = listen.querySelector(".audio");
  const player = listen.querySelector(".player");
  const parts = player.querySelector(".player-parts").content.cloneNode(true);
  const part = (name) => parts.querySelector(name) ?? player.querySelector(name);
  const [toggle, clock, link, copying] = [".play-pause", ".clock", ".now-section", ".copy-moment"].map(part);
  const [slider, bare, bar, trouble] = [".position", ".bare", ".bar-line", ".trouble"].map(part);
  const [resume, afresh] = [".resume", ".afresh"].map(part);

  // The timeline is the track if it is true to scale, else a plain line is.
  const measured = listen.querySelector(".timeline:not(.unmeasured, .bare)");
  if (measured) bare.remove();
  else player.before(bare);
  const drawing = (measured ?? bare).querySelector("svg");
  const sections = measured ? sectionsOf(drawing) : [];
  drawing.dataset.seconds ??= audio.dataset.seconds ?? 0;

  /** From now on the player is sticky. */
  const use = () => player.classList.add("in-use");
  const { isPlaying, stand, seek, play, playOrPause, by, toSection } = movesOf(audio, sections, { use, show });

  const acts = { look: tell, seek, letGo: show };
  const tracks = [makeTrack(drawing, slider, sections, acts), keepBarLine(player, bar, drawing, sections, acts)];
  let shown;

  /** Show the time and the section of this second in words. */
  function tell(seconds) {
    clock.querySelector(".elapsed").textContent = spellTime(seconds);
    const section = sectionAt(sections, seconds);
    if (section === shown) return;
    shown = section;
    link.textContent = section?.name ?? "";
    if (section) link.href = (listen.dataset.page ?? "") + section.anchor;
  }

  function show() {
    if (tracks.some(({ isHeld }) => isHeld())) return; // the clock shows where the listener would let go
    for (const track of tracks) track.show(audio.currentTime);
    tell(audio.currentTime);
    showPlaying(isPlaying() ? (sectionAt(sections, audio.currentTime)?.anchor ?? "") : null);
  }

  const tellLength = (seconds) => (clock.querySelector(".total").textContent = ` / ${spellTime(seconds)}`);

  const names = { play: toggle.getAttribute("aria-label"), pause: toggle.dataset.pause };
  const onPlayOrPause = () => {
    player.classList.toggle("playing", isPlaying());
    toggle.setAttribute("aria-label", isPlaying() ? names.pause : names.play);
    trouble.textContent = audio.error ? trouble.dataset.words : "";
    show();
  };

  toggle.addEventListener("click", playOrPause);
  for (const button of parts.querySelectorAll(".skip-by")) {
    button.addEventListener("click", () => by(Number(button.dataset.by)));
  }
  copying.addEventListener("click", () => copy(addressOf(page, audio.currentTime)));
  const embedding = parts.querySelector(".copy-embed");
  embedding.addEventListener("click", () => {
    copy(embedding.dataset.frame.replace("{address}", addressOf(`${page}/embed`, audio.currentTime)));
  });
  for (const event of ["play", "pause", "ended", "error"]) audio.addEventListener(event, onPlayOrPause);
  for (const event of ["timeupdate", "seeked"]) audio.addEventListener(event, show);
  audio.addEventListener("durationchange", () => {
    if (!(audio.duration < Infinity)) return;
    for (const track of tracks) track.measure(audio.duration);
    tellLength(audio.duration);
  });
  listen.addEventListener("load-frame", () => {
    audio.pause();
    player.classList.remove("in-use");
  });

  keepSpeed(audio, part(".speed select"));
  playAlone(audio);
  const stopped = offerToResume(audio, resume, afresh, (seconds) => {
    play(seconds);
    toggle.focus(); // the button that had the focus disappears
  });

  function goOn() {
    stand(stopped);
    afresh.hidden = false;
  }

  listenToKeys(listen, {
    " ": playOrPause,
    k: playOrPause,
    j: () => by(-15),
    l: () => by(30),
    ArrowLeft: () => by(-5),
    ArrowRight: () => by(5),
    PageDown: () => toSection(-1),
    PageUp: () => toSection(1),
    Home: () => seek(0),
    End: () => seek(audio.duration || Number(drawing.dataset.seconds)),
  });
  joinMediaSession(audio, sections, {
    play: () => play(),
    pause: () => audio.pause(),
    seekbackward: ({ seekOffset }) => by(-(seekOffset || 15)),
    seekforward: ({ seekOffset }) => by(seekOffset || 30),
    seekto: ({ seekTime }) => seek(seekTime),
    ...(sections.length && { previoustrack: () => toSection(-1), nexttrack: () => toSection(1) }),
  });

  audio.controls = false;
  (measured ?? bare).append(slider);
  player.append(parts);
  player.classList.add("ours");
  if (audio.dataset.seconds) tellLength(audio.dataset.seconds);
  const keys = listen.querySelector(".keys");
  if (keys) keys.hidden = false;
  show();
  return { seek, play, canGoOn: stopped !== null, goOn };
}
