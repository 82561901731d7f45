// The line in the sticky bar, shown while the timeline is out of sight above it.

/** Return the drawing and the slider of the bar. The class `stuck` says that only the bar of the player is in sight. */
export function keepBarLine(player, bar, timeline) {
  const drawing = bar.querySelector("svg");
  drawing.dataset.seconds = timeline.dataset.seconds;
  const observer = new IntersectionObserver((changes) => {
    const { isIntersecting, boundingClientRect } = changes.at(-1);
    player.classList.toggle("stuck", !isIntersecting && boundingClientRect.top < 0);
  });
  observer.observe(timeline);
  return [drawing, bar.querySelector(".position")];
}
