// The line of the player: a slider over the timeline, magnetic where a section begins; what is played becomes a wave.

import { spellTime } from "../times.js";
import { sectionAt } from "./sections.js";

const REACH = 8; // pixels from which a vertex draws the pointer to itself

const say = (sections, seconds) => [spellTime(seconds), sectionAt(sections, seconds)?.name].filter(Boolean);

/** `look(seconds)` is called while the listener drags, `seek(seconds)` where that leads, `letGo()` when it is over. */
export function makeTrack(drawing, slider, sections, { look, seek, letGo }) {
  const played = drawing.querySelectorAll(".played");
  const label = drawing.querySelector(".pointed-at");
  let length = Number(drawing.dataset.seconds) || 0;
  let isHeld = false;

  const share = (seconds) => (length ? Math.min((100 * seconds) / length, 100) : 0);

  function drawnTo(seconds) {
    const reach = (REACH / drawing.getBoundingClientRect().width) * length;
    return sections.find(({ start }) => Math.abs(start - seconds) <= reach)?.start ?? seconds;
  }

  /** Name the second that is pointed at, and the stretch it is in; null when nothing is. */
  function point(seconds) {
    const section = seconds === null ? undefined : sectionAt(sections, seconds);
    for (const { stretch } of sections) stretch.classList.toggle("pointed", stretch === section?.stretch);
    if (!label) return; // the bar says it in its clock
    label.textContent = seconds === null ? "" : say(sections, seconds).join("  ");
    if (seconds === null) return;
    label.setAttribute("x", `${share(seconds)}%`);
    label.setAttribute("text-anchor", share(seconds) > 50 ? "end" : "start");
  }

  /** Where the audio stands; the slider stays with the listener who holds it. */
  function show(seconds) {
    if (isHeld) return;
    slider.value = seconds;
    slider.setAttribute("aria-valuetext", say(sections, seconds).join(" "));
    for (const rect of played) rect.setAttribute("width", `${share(seconds)}%`);
    if (slider.matches(":focus-visible")) point(seconds);
  }

  /** How long the audio really is: where the drawing had to guess, the vertices move. */
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
  // `change` comes right after the pointer goes up, and not at all where the value stayed.
  addEventListener("pointerup", () => isHeld && setTimeout(release));
  slider.addEventListener("pointercancel", release);
  slider.addEventListener("pointermove", (event) => {
    const { left, width } = drawing.getBoundingClientRect();
    point(drawnTo(Math.min(Math.max((event.clientX - left) / width, 0), 1) * length));
  });
  slider.addEventListener("pointerleave", () => point(null));
  slider.addEventListener("blur", () => point(null));
  slider.addEventListener("input", () => look(isHeld ? drawnTo(slider.valueAsNumber) : slider.valueAsNumber));
  slider.addEventListener("change", () => {
    const seconds = isHeld ? drawnTo(slider.valueAsNumber) : slider.valueAsNumber;
    isHeld = false;
    seek(seconds);
  });
  return { show, measure, isHeld: () => isHeld };
}
