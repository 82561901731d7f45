// What was said: a click on a sentence moves the sound there, as its time does, and offers to copy it. The sentence that
// plays is marked. Without this module the times are links, and the text is text.

import { copyText } from "./copying.js";
import { addressOf, momentOf } from "./player/moments.js";
import { namedPlace } from "./player/places.js";
import { spellTime } from "./times.js";

const parts = document.getElementById("copying-sentences");
const button = parts.content.querySelector(".copy-sentence").cloneNode(true);
const sentences = [...document.querySelectorAll('.said [id^="said-"]')];
const starts = sentences.map(({ id }) => Number(id.slice("said-".length)));
const audio = document.querySelector(".listen .audio");
let playing;

/** The name of who speaks, which a paragraph does not repeat after the one before it. */
function speakerOf(sentence) {
  for (let paragraph = sentence.closest("p"); paragraph; paragraph = paragraph.previousElementSibling) {
    const name = paragraph.querySelector("b");
    if (name) return name.textContent;
  }
  return "";
}

function choose(sentence) {
  button.remove();
  sentence.after(" ", button);
}

function copySentence() {
  const sentence = button.previousElementSibling;
  const at = Number(sentence.id.slice("said-".length));
  const who = speakerOf(sentence);
  const words = {
    sentence: sentence.textContent,
    who,
    title: parts.dataset.title,
    time: spellTime(at),
    address: addressOf(parts.dataset.page, at),
  };
  const pattern = who ? parts.dataset.wordsOfSpeaker : parts.dataset.words;
  const text = pattern.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  copyText(text, sentence, parts.dataset.copied);
}

/** Open the section in which the sentence in the address was said. */
function show() {
  const sentence = namedPlace(location);
  if (!sentences.includes(sentence)) return;
  const fold = sentence.closest("details");
  if (fold && !fold.open) {
    fold.open = true;
    sentence.scrollIntoView({ block: "center" });
  }
  choose(sentence);
}

const isInView = (element) => {
  const { top, bottom, height } = element.getBoundingClientRect();
  return height > 0 && bottom > 0 && top < innerHeight;
};

/** Mark the sentence that plays; whoever reads along has it in view, and keeps it there. */
function follow() {
  const index = starts.findLastIndex((start) => start <= audio.currentTime);
  if (sentences[index] === playing) return;
  const isFollowed = playing && !audio.paused && isInView(playing);
  playing?.classList.remove("now-said");
  playing = sentences[index];
  playing?.classList.add("now-said");
  if (isFollowed && playing && !isInView(playing)) playing.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  const sentence = event.target.closest(".said span");
  if (!sentence || event.target.closest("button, a") || !getSelection().isCollapsed) return;
  const named = sentence.id ? sentence : sentences.findLast((each) => each.compareDocumentPosition(sentence) & 4);
  const link = Object.assign(document.createElement("a"), { href: `#${named.id}` });
  sentence.append(link);
  link.click(); // the player takes it as it takes every link to a time
  link.remove();
  choose(named);
});
button.addEventListener("click", copySentence);
addEventListener("hashchange", show);
audio?.addEventListener("timeupdate", follow);
if (momentOf(new URL(location.href)) !== null) show();
