// The player of an episode: times seek, and on the timeline the played part of the line becomes the wave.
// Without this module the audio plays, and every time is a link to its section.

const audio = document.querySelector(".listen .audio");

/** Seconds that an address means: #t-90, or ?t=90. */
function startOf(url) {
  const found = /^#t-(\d+)/.exec(url.hash)?.[1] ?? url.searchParams.get("t");
  return found && /^\d+$/.test(found) ? Number(found) : null;
}

function seek(seconds, play) {
  // Before anything is loaded this is where playing will begin.
  audio.currentTime = seconds;
  if (play) audio.play();
}

/** Draw how far the listener is: on the line, and in the contents list. */
function showProgress(played, seconds, contents) {
  for (const rect of played) rect.setAttribute("width", `${Math.min((100 * audio.currentTime) / seconds, 100)}%`);
  let current = null;
  for (const link of contents) {
    const start = startOf(new URL(link.href));
    if (start !== null && start <= audio.currentTime) current = link;
  }
  for (const link of contents) link.toggleAttribute("aria-current", false);
  current?.setAttribute("aria-current", "true");
}

if (audio) {
  const drawing = document.querySelector(".timeline-drawing");
  const played = drawing?.querySelectorAll(".played") ?? [];
  const seconds = () => audio.duration || Number(drawing?.dataset.seconds) || Infinity;
  const contents = [...document.querySelectorAll(".contents a")];

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".timeline a, .notes .time, .contents a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const url = new URL(link.getAttribute("href"), document.baseURI);
    const start = startOf(url);
    if (start === null || url.pathname !== location.pathname) return;
    const reads = link.closest(".contents");
    // The contents list is for reading on: it moves what plays, and starts nothing.
    if (!reads || !audio.paused) seek(start, !reads);
    if (link.closest(".timeline")) {
      event.preventDefault();
      history.replaceState(null, "", url.hash);
    }
  });

  audio.addEventListener("timeupdate", () => showProgress(played, seconds(), contents));

  const start = startOf(new URL(location.href));
  if (start !== null) seek(start, false);
}
