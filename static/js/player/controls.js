// Our controls in the place of the browser's.

import { showPlaying } from "../contents.js";
import { copy } from "../copying.js";
import { spellTime } from "../times.js";
import { listenToKeys } from "./keys.js";
import { joinMediaSession } from "./media_session.js";
import { addressOf } from "./moments.js";
import { offerToResume } from "./resume.js";
import { sectionAt, sectionsOf } from "./sections.js";
import { keepSpeed } from "./speed.js";
import { makeTrack } from "./track.js";

/** Put them there, for the episode whose address is `page`. Returns `seek(seconds)` and `play(seconds)`. */
export function takeOver(listen, page) {
  const audio = listen.querySelector(".audio");
  const player = listen.querySelector(".player");
  const parts = player.querySelector(".player-parts").content.cloneNode(true);
  const part = (name) => parts.querySelector(name) ?? player.querySelector(name);
  const [toggle, clock, link, copying] = [".play-pause", ".clock", ".now-section", ".copy-moment"].map(part);
  const [slider, bare, trouble, resume] = [".position", ".bare", ".trouble", ".resume"].map(part);

  // The timeline is the track, where it is true to scale; else a plain line is.
  const measured = listen.querySelector(".timeline:not(.unmeasured, .bare)");
  if (measured) bare.remove();
  else player.before(bare);
  const drawing = (measured ?? bare).querySelector("svg");
  const sections = measured ? sectionsOf(drawing) : [];
  drawing.dataset.seconds ??= audio.dataset.seconds ?? 0;

  const track = makeTrack(drawing, slider, sections, { look: tell, seek, letGo: show });
  let shown;

  /** From now on the player stays in sight. */
  const use = () => player.classList.add("in-use");

  function seek(seconds) {
    use();
    // Before anything is loaded this is where playing will begin.
    audio.currentTime = Math.max(0, Math.min(seconds, audio.duration || audio.dataset.seconds || Infinity));
    show();
  }

  function play(seconds) {
    const [hasFailed, stopped] = [Boolean(audio.error), audio.currentTime];
    use();
    if (hasFailed) audio.load(); // it is tried again
    if (hasFailed || seconds !== undefined) seek(seconds ?? stopped);
    audio.play().catch(() => {}); // what fails is told by the event
  }

  const isPlaying = () => !audio.paused && !audio.error;
  const playOrPause = () => (isPlaying() ? audio.pause() : play());
  const by = (seconds) => seek(audio.currentTime + seconds);

  function toSection(step) {
    const index = sections.indexOf(sectionAt(sections, audio.currentTime));
    // Back leads to the beginning of the section first.
    const isInside = step < 0 && index >= 0 && audio.currentTime - sections[index].start > 3;
    const next = sections[isInside ? index : index + step];
    if (next) seek(next.start);
  }

  /** The time and the section of this second, in words. */
  function tell(seconds) {
    clock.querySelector(".elapsed").textContent = spellTime(seconds);
    const section = sectionAt(sections, seconds);
    if (section === shown) return;
    shown = section;
    link.textContent = section?.name ?? "";
    if (section) link.href = (listen.dataset.page ?? "") + section.anchor;
  }

  function show() {
    track.show(audio.currentTime);
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
  for (const event of ["play", "pause", "ended", "error"]) audio.addEventListener(event, onPlayOrPause);
  for (const event of ["timeupdate", "seeked"]) audio.addEventListener(event, show);
  audio.addEventListener("durationchange", () => {
    if (!(audio.duration < Infinity)) return;
    track.measure(audio.duration);
    tellLength(audio.duration);
  });
  listen.addEventListener("load-frame", () => {
    audio.pause();
    player.classList.remove("in-use");
  });

  keepSpeed(audio, part(".speed select"));
  offerToResume(audio, resume, (seconds) => {
    play(seconds);
    toggle.focus(); // the button that had the focus goes
  });
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
  show();
  return { seek, play };
}
