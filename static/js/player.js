// The player of an episode, and the times that move it. Without this module the audio plays with the controls of the
// browser, and every time is a link to its section.

import { moveFrame } from "./embeds.js";
import { takeOver } from "./player/controls.js";
import { momentOf } from "./player/moments.js";

const listen = document.querySelector(".listen");
const audio = listen.querySelector(".audio");
const page = listen.dataset.page ?? location.pathname;
const own = audio && takeOver(listen, page);
const base = new URL(document.baseURI);
base.search = ""; // the time of our own address is no time of a link like #notes
let clicked = ""; // the hash of the link that the visitor has just followed

const startOf = (url) => (url.pathname === page ? momentOf(url) : null);
const isPlaying = () => Boolean(audio) && !audio.paused;

/** The element that an address leads to; none where the hash cannot be decoded. */
function placeOf(url) {
  try {
    return document.getElementById(decodeURIComponent(url.hash.slice(1)));
  } catch {
    return null;
  }
}

/** What the address of the page says: it moves what plays, and starts nothing. */
function follow(url) {
  const start = startOf(url);
  if (start === null) return;
  if (isPlaying() || !moveFrame(start)) own?.seek(start);
  if (own) placeOf(url)?.scrollIntoView(); // below the player, which stays in sight from now on
}

// A time anywhere on the page moves what plays: our audio, or the player of another site where it was loaded.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const url = new URL(link.getAttribute("href"), base);
  const start = startOf(url);
  if (start === null) return;
  const leadsNowhere = own && !placeOf(url);
  clicked = leadsNowhere ? "" : url.hash;
  if (link.closest(".now")) return;
  // The contents list is for reading on: it moves what plays, and starts nothing.
  const isReading = Boolean(link.closest(".contents"));
  if (isPlaying()) own.seek(start);
  else if (isReading || moveFrame(start)) return;
  else own?.play(start);
  if (leadsNowhere) event.preventDefault();
});

// An address that was typed into the open page; a link has done its own part.
addEventListener("hashchange", () => {
  if (location.hash !== clicked) follow(new URL(location.hash, base));
  clicked = "";
});

follow(new URL(location.href));
