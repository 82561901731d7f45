// The line in the bar: while the timeline is out of sight above it, the bar that stays in sight has one of its own.

import { makeTrack } from "./track.js";

/** Returns its track. The class `stuck` says that the bar is all there is to be seen of the player. */
export function keepBarLine(player, bar, timeline, sections, acts) {
  const drawing = bar.querySelector("svg");
  drawing.dataset.seconds = timeline.dataset.seconds;
  const observer = new IntersectionObserver((changes) => {
    const { isIntersecting, boundingClientRect } = changes.at(-1);
    player.classList.toggle("stuck", !isIntersecting && boundingClientRect.top < 0);
  });
  observer.observe(timeline);
  return makeTrack(drawing, bar.querySelector(".position"), sections, acts);
}
