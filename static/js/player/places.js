// Where on the page an address leads.

import { momentOf } from "./moments.js";

/** The element with the name in the address; none where the hash cannot be decoded. */
export function namedPlace(url) {
  try {
    return document.getElementById(decodeURIComponent(url.hash.slice(1)));
  } catch {
    return null;
  }
}

/** That element, or else the section that the time in the hash falls into. */
export function placeOf(url) {
  const named = namedPlace(url);
  if (named || !url.hash.startsWith("#t-")) return named;
  const start = (place) => momentOf(new URL(`#${place.id}`, url));
  return [...document.querySelectorAll('.notes [id^="t-"]')].findLast((place) => start(place) <= momentOf(url));
}
