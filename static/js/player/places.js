// The place on the page that an address leads to.

import { momentOf } from "./moments.js";

/** Return the element named in the hash; null if there is none or the hash cannot be decoded. */
export function namedPlace(url) {
  try {
    return document.getElementById(decodeURIComponent(url.hash.slice(1)));
  } catch {
    return null;
  }
}

/** Return that element, or else the section that the time in the hash falls into. */
export function placeOf(url) {
  const named = namedPlace(url);
  if (named || !url.hash.startsWith("#t-")) return named;
  const start = (place) => momentOf(new URL(`#${place.id}`, url));
  return [...document.querySelectorAll('.notes [id^="t-"]')].findLast((place) => start(place) <= momentOf(url));
}
