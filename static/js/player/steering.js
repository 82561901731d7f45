// What every place that steers a sound has: play or pause, skips, the time and the section in words, the line.

import { spellTime } from "../times.js";
import { sectionAt } from "./sections.js";
import { makeTrack } from "./track.js";

/**
 * Bind the buttons and words in `place`, and the `lines` (pairs of drawing and slider), to a sound until `signal` is
 * aborted. `page` is put before the anchor of the section, where that is on another page. Returns `show()` and the
 * tracks.
 */
export function steer(place, sound, { lines, page = "", signal }) {
  const { audio, sections, isPlaying } = sound;
  const [toggle, clock, link, trouble] = [".play-pause", ".clock", ".now-section", ".trouble"].map((name) =>
    place.querySelector(name),
  );
  const listenTo = (events, act) => {
    for (const event of events) audio.addEventListener(event, act, { signal });
  };
  const acts = { look: tell, seek: sound.seek, letGo: show, signal };
  const tracks = lines.map(([drawing, slider]) => makeTrack(drawing, slider, sections, acts));
  const names = { play: toggle.getAttribute("aria-label"), pause: toggle.dataset.pause };
  let shown;

  /** Show the time and the section of this second in words. */
  function tell(seconds) {
    clock.querySelector(".elapsed").textContent = spellTime(seconds);
    const section = sectionAt(sections, seconds);
    if (section === shown) return;
    shown = section;
    link.textContent = section?.name ?? "";
    if (section) link.href = page + section.anchor;
  }

  function show() {
    if (tracks.some(({ isHeld }) => isHeld())) return; // the clock shows where the listener would let go
    for (const track of tracks) track.show(audio.currentTime);
    tell(audio.currentTime);
  }

  function showState() {
    place.classList.toggle("playing", isPlaying());
    toggle.setAttribute("aria-label", isPlaying() ? names.pause : names.play);
    trouble.textContent = audio.error ? trouble.dataset.words : "";
    show();
  }

  const tellLength = (seconds) => (clock.querySelector(".total").textContent = ` / ${spellTime(seconds)}`);
  function measure() {
    if (!(audio.duration < Infinity)) return;
    for (const track of tracks) track.measure(audio.duration);
    tellLength(audio.duration);
  }

  toggle.addEventListener("click", sound.playOrPause);
  for (const button of place.querySelectorAll(".skip-by")) {
    button.addEventListener("click", () => sound.by(Number(button.dataset.by)));
  }
  listenTo(["play", "pause", "ended", "error"], showState);
  listenTo(["timeupdate", "seeked", "move"], show);
  listenTo(["durationchange"], measure);
  if (audio.dataset.seconds) tellLength(audio.dataset.seconds);
  measure();
  showState();
  return { show, tracks };
}
