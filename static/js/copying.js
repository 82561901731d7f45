// Copies addresses: of a section, next to its heading, and for other modules; and texts of the page.
// Without this module the time beside a heading is a link that can be copied, and a text is selected by one click.

import { onEachPage } from "./pages.js";

const STAYS = 5000; // milliseconds that the confirmation is shown
let parts; // the template of this page
let news; // where it is said
let timer;

function show(...content) {
  clearTimeout(timer);
  news.replaceChildren(...content);
}

/** Copy the address and confirm it; where the browser refuses, show it so that it can be copied by hand. */
export async function copy(address) {
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    const field = Object.assign(document.createElement("input"), { readOnly: true, value: address });
    const label = document.createElement("label");
    label.append(parts.dataset.byHand, " ", field);
    const from = document.activeElement;
    field.addEventListener("blur", () => show());
    field.addEventListener("keydown", ({ key }) => key === "Escape" && from.focus());
    show(label);
    field.select();
    return;
  }
  const shown = document.createElement("span");
  shown.textContent = decodeURI(address.replace(/^https?:\/\//, ""));
  show(`${parts.dataset.copied} `, shown);
  timer = setTimeout(() => show(), STAYS);
}

function addButton(heading) {
  const button = parts.content.querySelector(".copy-section").cloneNode(true);
  const words = heading.cloneNode(true);
  words.querySelector(".time")?.remove();
  button.setAttribute("aria-label", button.dataset.words.replace("{heading}", words.textContent.trim()));
  button.addEventListener("click", () => copy(new URL(`#${heading.id}`, location.origin + location.pathname).href));
  heading.after(button);
}

/** Copy the text, which `place` holds, and say so; where the browser refuses, what is there is selected. */
export async function copyText(text, place, words) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    getSelection().selectAllChildren(place);
    return;
  }
  show(words);
  timer = setTimeout(() => show(), STAYS);
}

/** A button with `data-copies`, the id of a text, copies it. */
function offerText(button) {
  const text = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", () => copyText(text.textContent, text, button.dataset.copied));
}

onEachPage(() => {
  parts = document.getElementById("copying");
  if (!parts) return;
  news = parts.content.querySelector(".copied");
  document.body.append(news);
  for (const button of document.querySelectorAll("[data-copies]")) offerText(button);
  for (const heading of document.querySelectorAll(".notes > :is(h2, h3, h4, h5, h6)[id]")) addButton(heading);
});
