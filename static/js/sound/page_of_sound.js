// What the page of an episode knows about its sound: the sections, the artwork, the whole title.

import { sectionsOf } from "../player/sections.js";
import { tellSystem } from "./media_session.js";

/** Complete a sound that a list began; what is known already does for those who are cut off. */
export async function completeFromPage(sound) {
  try {
    const answer = await fetch(sound.page);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const drawing = page.querySelector(".listen .timeline:not(.unmeasured) .timeline-drawing");
    Object.assign(sound.audio.dataset, page.querySelector(".listen .audio")?.dataset);
    if (drawing && !sound.sections.length) sound.sections.push(...sectionsOf(drawing));
  } catch {
    return;
  }
  if (!sound.audio.paused) tellSystem(sound);
  sound.audio.dispatchEvent(new Event("move"));
}
