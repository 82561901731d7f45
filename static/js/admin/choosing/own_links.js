// The dialog of a link finds our own things by words: episodes down to a section, posts, chapters, speakers, works.

import { words } from "../news.js";

const NO_WORDS = /^(https?:|\/|#|mailto:|\d+([.-]\d+)?$)/i; // an address, or the number of an episode
const PAUSE = 250; // milliseconds without a keystroke

const element = (name, textContent, more = {}) => Object.assign(document.createElement(name), { textContent, ...more });

function buttonFor({ kind, words: name, markdown, url }, panel, answer) {
  const button = element("button", name, { type: "button" });
  if (kind) button.prepend(element("span", kind, { className: "own-kind" }));
  button.addEventListener("click", () => answer({ words: panel.querySelector("[data-name=words]").value.trim() || markdown, url }));
  return button;
}

// Prepare the dialog (see `ask()`): what is typed as the address is looked for while it is no address.
export function offerOwnThings(panel, answer) {
  const address = panel.querySelector("[data-name=url]");
  const list = panel.querySelector(".own-things");
  let timer = null;
  let asked = "";
  async function look() {
    asked = address.value.trim();
    const sought = asked;
    if (!sought || NO_WORDS.test(sought)) return list.replaceChildren();
    let found;
    try {
      found = (await (await fetch(`${words.chooseUrl}?${new URLSearchParams({ q: sought })}`)).json()).found;
    } catch {
      return list.replaceChildren(element("li", words.offline));
    }
    if (sought !== asked) return null; // typed on
    return list.replaceChildren(...(found.length ? found.map(item) : [element("li", words.nothingFound)]));
  }
  function item(thing) {
    const row = document.createElement("li");
    row.append(buttonFor(thing, panel, answer));
    if (thing.places.length) {
      const places = document.createElement("ul");
      for (const place of thing.places) {
        const inner = document.createElement("li");
        inner.append(buttonFor(place, panel, answer));
        places.append(inner);
      }
      row.append(places);
    }
    return row;
  }
  address.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  // Arrows go through what was found; Enter on words that are no address takes the first.
  panel.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || !buttons.length) return;
    if (step && (event.target === address || list.contains(event.target))) {
      event.preventDefault();
      const next = buttons.indexOf(document.activeElement) + step;
      (buttons[next] ?? address).focus();
    } else if (event.key === "Enter" && event.target === address && !NO_WORDS.test(address.value.trim())) {
      event.preventDefault();
      event.stopImmediatePropagation();
      buttons[0].click();
    }
  }, true);
}
