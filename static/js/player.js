// The player of an episode, and the times on the page that move it. Without this module the audio plays with the
// controls of the browser, and every time is a link to its section.

import { onEachPage } from "./pages.js";
import { takeOver } from "./player/controls.js";
import { offerElsewhere } from "./player/elsewhere.js";
import { momentOf } from "./player/moments.js";
import { namedPlace, placeOf } from "./player/places.js";
import { followTouch } from "./player/touching.js";

onEachPage(({ signal, isReturning }) => {
  const listen = document.querySelector(".listen");
  if (!listen) return;
  const [audio, figure] = [".audio", ".elsewhere"].map((part) => listen.querySelector(part));
  const page = listen.dataset.page ?? location.pathname;
  const own = audio && takeOver(listen, page, signal);
  const elsewhere = figure && offerElsewhere(figure);
  const drawing = listen.querySelector(".timeline-drawing");
  if (drawing && !own) followTouch(drawing);
  const base = new URL(document.baseURI);
  base.search = ""; // a link like #notes must not take over the time in the page's own address
  let clicked = ""; // the hash of the link that the visitor has just followed

  const startOf = (url) => (url.pathname === page ? momentOf(url) : null);
  const isPlaying = () => Boolean(own) && !own.audio.paused;
  /** Whether a time moves the other site's player: it was loaded, or there is no audio of our own. */
  const isElsewhere = () => Boolean(elsewhere?.canSeek) && !isPlaying() && (!own || elsewhere.isLoaded());

  /** Move the player to the time in the page's address; this starts nothing. */
  function follow(url) {
    const start = startOf(url);
    if (start === null) return;
    if (isElsewhere()) elsewhere.begin(start);
    else own?.seek(start);
    placeOf(url)?.scrollIntoView(); // below the player, which is sticky from now on
  }

  /** A time anywhere on the page moves our audio, or the player of another site. */
  function followPressed(event) {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const url = new URL(link.getAttribute("href"), base);
    const start = startOf(url);
    if (start === null) return;
    const leadsNowhere = (own || elsewhere?.canSeek) && !namedPlace(url);
    clicked = leadsNowhere ? "" : url.hash;
    if (link.closest(".now")) return;
    // The contents list is for reading: it moves the player, and starts nothing.
    const isReading = Boolean(link.closest(".contents"));
    if (isPlaying()) own.seek(start);
    else if (isElsewhere()) {
      if (isReading && elsewhere.isLoaded()) return; // whether it plays cannot be known
      elsewhere.begin(start);
      if (!isReading) elsewhere.offer();
    } else if (!isReading) own?.play(start);
    if (leadsNowhere) event.preventDefault();
  }

  /** An address that was typed into the open page; the click on a link was handled above. */
  function followTyped() {
    if (location.hash !== clicked) follow(new URL(location.hash, base));
    clicked = "";
  }

  document.addEventListener("click", followPressed, { signal });
  addEventListener("hashchange", followTyped, { signal });

  // A returning listener resumes where they stopped: after a reload the time in the address is an old one.
  const address = new URL(location.href);
  if ("isAlone" in listen.dataset) address.pathname = page; // in a frame, the time in its address is for this player
  if (own?.audio.played.length && isReturning) return; // it goes on where it is
  if (own?.canGoOn && (isReturning || startOf(address) === null)) own.goOn();
  else follow(address);
});
