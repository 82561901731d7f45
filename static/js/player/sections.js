// The sections of an episode as its timeline shows them.

import { momentOf } from "./moments.js";

/** Return each section as `{ start, name, anchor, stretch }`, in order; untimed ones are left out. */
export function sectionsOf(drawing) {
  return [...drawing.querySelectorAll(".stretch")].flatMap((stretch) => {
    const url = new URL(stretch.getAttribute("href"), document.baseURI);
    const start = momentOf(url);
    const name = stretch.querySelector("tspan").textContent;
    return start === null ? [] : [{ start, name, anchor: url.hash, stretch }];
  });
}

/** Return the section that this second belongs to, or undefined before the first one. */
export const sectionAt = (sections, seconds) => sections.findLast(({ start }) => start <= seconds);
