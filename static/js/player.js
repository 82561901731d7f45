// The player of an episode, and the times that move it. Without this module the audio plays with the controls of the
// browser, and every time is a link to its section.

import { moveFrame } from "./embeds.js";
import { takeOver } from "./player/controls.js";
import { momentOf } from "./player/moments.js";

const listen = document.querySelector(".listen");
const audio = listen.querySelector(".audio");
const page = listen.dataset.page ?? location.pathname;
const own = audio && takeOver(listen, page);
const placeOf = (url) => document.getElementById(decodeURIComponent(url.hash.slice(1)));

// A time anywhere on the page moves what plays: our audio, or the player of another site where it was loaded.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.closest(".now") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const url = new URL(link.getAttribute("href"), document.baseURI);
  const start = url.pathname === page ? momentOf(url) : null;
  if (start === null) return;
  // The contents list is for reading on: it moves what plays, and starts nothing.
  const isReading = Boolean(link.closest(".contents"));
  const isPlaying = Boolean(audio) && !audio.paused;
  if (isPlaying) own.seek(start);
  else if (isReading || moveFrame(start)) return;
  else own?.play(start);
  if (own && !placeOf(url)) event.preventDefault(); // no place to go to
});

const here = new URL(location.href);
const start = page === here.pathname ? momentOf(here) : null;
if (start !== null) {
  own?.seek(start);
  moveFrame(start);
  if (own) placeOf(here)?.scrollIntoView(); // below the player, which stays in sight from now on
}
