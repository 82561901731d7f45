// The player of an episode, and the times that move it. Without this module the audio plays with the controls of the
// browser, and every time is a link to its section.

import { takeOver } from "./player/controls.js";
import { offerElsewhere } from "./player/elsewhere.js";
import { momentOf } from "./player/moments.js";
import { namedPlace, placeOf } from "./player/places.js";

const listen = document.querySelector(".listen");
const [audio, figure] = [".audio", ".elsewhere"].map((part) => listen.querySelector(part));
const page = listen.dataset.page ?? location.pathname;
const own = audio && takeOver(listen, page);
const elsewhere = figure && offerElsewhere(figure);
const base = new URL(document.baseURI);
base.search = ""; // the time of our own address is no time of a link like #notes
let clicked = ""; // the hash of the link that the visitor has just followed

const startOf = (url) => (url.pathname === page ? momentOf(url) : null);
const isPlaying = () => Boolean(audio) && !audio.paused;
/** Whether a time is one of the other site's player: it was asked for, or there is nothing else. */
const isElsewhere = () => Boolean(elsewhere?.canSeek) && !isPlaying() && (!own || elsewhere.isLoaded());

/** What the address of the page says: it moves what plays, and starts nothing. */
function follow(url) {
  const start = startOf(url);
  if (start === null) return;
  if (isElsewhere()) elsewhere.begin(start);
  else own?.seek(start);
  placeOf(url)?.scrollIntoView(); // below the player, which stays in sight from now on
}

// A time anywhere on the page moves what plays: our audio, or the player of another site.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const url = new URL(link.getAttribute("href"), base);
  const start = startOf(url);
  if (start === null) return;
  const leadsNowhere = (own || elsewhere?.canSeek) && !namedPlace(url);
  clicked = leadsNowhere ? "" : url.hash;
  if (link.closest(".now")) return;
  // The contents list is for reading on: it moves what plays, and starts nothing.
  const isReading = Boolean(link.closest(".contents"));
  if (isPlaying()) own.seek(start);
  else if (isElsewhere()) {
    if (isReading && elsewhere.isLoaded()) return; // whether it plays, nobody can say
    elsewhere.begin(start);
    if (!isReading) elsewhere.offer();
  } else if (!isReading) own?.play(start);
  if (leadsNowhere) event.preventDefault();
});

// An address that was typed into the open page; a link has done its own part.
addEventListener("hashchange", () => {
  if (location.hash !== clicked) follow(new URL(location.hash, base));
  clicked = "";
});

// Whoever comes back goes on where they stopped: the time in the address is that of the last time.
const address = new URL(location.href);
const comesBack = ["reload", "back_forward"].includes(performance.getEntriesByType("navigation")[0]?.type);
if (own?.canGoOn && (comesBack || startOf(address) === null)) own.goOn();
else follow(address);
