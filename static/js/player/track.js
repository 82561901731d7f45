// The line of the player: a slider over the timeline that snaps to section starts; the played part becomes a wave.

import { spellTime } from "../times.js";
import { sectionAt } from "./sections.js";

const REACH = 8; // pixels within which the pointer snaps to a vertex

const say = (sections, seconds) => [spellTime(seconds), sectionAt(sections, seconds)?.name].filter(Boolean);

/**
 * `look(seconds)` is called while the listener drags, `seek(seconds)` at the end, `letGo()` when the drag is over.
 * `signal` is aborted when the slider is gone.
 */
export function makeTrack(drawing, slider, sections, { look, seek, letGo, signal }) {
  const played = drawing.querySelectorAll(".played");
  const label = drawing.querySelector(".pointed-at");
  let length = Number(drawing.dataset.seconds) || 0;
  let isHeld = false;

  const share = (seconds) => (length ? Math.min((100 * seconds) / length, 100) : 0);

  function snap(seconds) {
    const reach = (REACH / drawing.getBoundingClientRect().width) * length;
    return sections.find(({ start }) => Math.abs(start - seconds) <= reach)?.start ?? seconds;
  }

  /** Label the second that is pointed at and highlight its stretch; null: nothing is pointed at. */
  function point(seconds) {
    const section = seconds === null ? undefined : sectionAt(sections, seconds);
    for (const { stretch } of sections) stretch.classList.toggle("pointed", stretch === section?.stretch);
    if (!label) return; // the bar has the clock instead
    label.textContent = seconds === null ? "" : say(sections, seconds).join("  ");
    if (seconds === null) return;
    label.setAttribute("x", `${share(seconds)}%`);
    label.setAttribute("text-anchor", share(seconds) > 50 ? "end" : "start");
  }

  /** Show where the audio is, unless the listener holds the slider. */
  function show(seconds) {
    if (isHeld) return;
    slider.value = seconds;
    slider.setAttribute("aria-valuetext", say(sections, seconds).join(" "));
    for (const rect of played) rect.setAttribute("width", `${share(seconds)}%`);
    if (slider.matches(":focus-visible")) point(seconds);
  }

  /** Take over the real length of the audio in seconds: where the drawing had guessed it, the vertices move. */
  function measure(seconds) {
    const guessed = length;
    length = seconds;
    slider.max = Math.floor(length);
    if (Math.abs(guessed - length) <= 1) return;
    for (const line of drawing.querySelectorAll(".track")) line.setAttribute("x1", line.matches(".open") ? "100%" : 0);
    drawing.querySelector(".track").setAttribute("x2", "100%");
    sections.forEach(({ start, stretch }, index) => {
      const width = share(sections[index + 1]?.start ?? length) - share(start);
      for (const rect of stretch.querySelectorAll("rect")) {
        rect.setAttribute("x", `${share(start)}%`);
        rect.setAttribute("width", `${Math.max(width, 0)}%`);
      }
      stretch.querySelector("circle").setAttribute("cx", `${share(start)}%`);
    });
  }

  function release() {
    isHeld = false;
    letGo();
  }

  slider.max = Math.floor(length);
  slider.addEventListener("pointerdown", (event) => (isHeld = event.button === 0));
  // `change` comes right after the pointer goes up, and not at all if the value stayed the same.
  addEventListener("pointerup", () => isHeld && setTimeout(release), { signal });
  slider.addEventListener("pointercancel", release);
  slider.addEventListener("pointermove", (event) => {
    const { left, width } = drawing.getBoundingClientRect();
    point(snap(Math.min(Math.max((event.clientX - left) / width, 0), 1) * length));
  });
  slider.addEventListener("pointerleave", () => point(null));
  slider.addEventListener("blur", () => point(null));
  slider.addEventListener("input", () => look(isHeld ? snap(slider.valueAsNumber) : slider.valueAsNumber));
  slider.addEventListener("change", () => {
    const seconds = isHeld ? snap(slider.valueAsNumber) : slider.valueAsNumber;
    isHeld = false;
    seek(seconds);
  });
  return { show, measure, isHeld: () => isHeld };
}
