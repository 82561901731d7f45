// A play button for each episode in a list, and for each time in search results.

import { completeFromPage } from "../sound/page_of_sound.js";
import { makeSound, soundUnderWay } from "../sound/sound.js";
import { spellTime } from "../times.js";
import { hold } from "./dock.js";

const parts = document.getElementById("sound-parts").content;

const isUnderWay = ({ guid }) => soundUnderWay()?.audio.dataset.guid === guid;

function begin({ audio: address, ...facts }) {
  const audio = Object.assign(new Audio(), { className: "audio", preload: "none", src: address });
  Object.assign(audio.dataset, facts);
  const sound = makeSound(audio, facts.page);
  hold(sound);
  completeFromPage(sound);
  return sound;
}

/** Play from `start`; where none is named, from where the listener stopped, or pause what plays. */
function press(facts, start) {
  const going = isUnderWay(facts) ? soundUnderWay() : null;
  if (going && start === undefined) return going.playOrPause();
  const sound = going ?? begin(facts);
  sound.play(start ?? sound.stopped ?? undefined);
}

function factsOf(row) {
  const link = row.querySelector("h3 a");
  const title = [row.querySelector(".index-number"), link].map((part) => part?.textContent.trim());
  const { lang } = link.closest("[lang]");
  return { ...row.dataset, page: link.pathname, language: lang, title: title.filter(Boolean).join(": ") };
}

function makeButton(row, slot) {
  const facts = factsOf(row);
  const button = parts.querySelector(".row-play").cloneNode(true);
  const start = slot.dataset.from ? Number(slot.dataset.from) : undefined;
  const say = () => {
    const isPlaying = start === undefined && isUnderWay(facts) && !soundUnderWay().audio.paused;
    const title = start === undefined ? facts.title : `${facts.title} ${spellTime(start)}`;
    button.classList.toggle("playing", isPlaying);
    button.setAttribute("aria-label", button.dataset[isPlaying ? "pause" : "play"].replace("{title}", title));
  };
  button.addEventListener("click", () => press(facts, start));
  slot.append(button);
  return say;
}

/** Fill each `.play-slot` of the rows; the buttons say what plays, until `signal` is aborted. */
export function offerInLists(main, signal) {
  const rows = [...main.querySelectorAll("[data-audio]")];
  const says = rows.flatMap((row) => [...row.querySelectorAll(".play-slot")].map((slot) => makeButton(row, slot)));
  const sayAll = () => {
    for (const say of says) say();
  };
  document.addEventListener("sound", sayAll, { signal });
  sayAll();
}
