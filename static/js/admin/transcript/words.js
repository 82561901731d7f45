// Words that programs mishear: what the table of the show would change is listed first, and taken as one step.

import { post } from "../news.js";
import { typed } from "../form_state.js";
import { change, settle } from "./history.js";
import { shown } from "./lines.js";

const form = document.getElementById("transcript-words");
const news = document.getElementById("transcript-words-news");
const changes = document.getElementById("transcript-changes");
const button = document.getElementById("transcript-take");
let proposed = [];

function row([index, before, after]) {
  const [item, label, box] = ["li", "label", "input"].map((name) => document.createElement(name));
  Object.assign(box, { type: "checkbox", checked: true, value: index });
  const [old, fresh] = [Object.assign(document.createElement("del"), { textContent: before }), document.createElement("ins")];
  fresh.textContent = after;
  label.append(box, " ", old, " ", fresh);
  item.append(label);
  return item;
}

async function ask() {
  settle();
  const { changes: found, error } = await post(form.action, [["data", typed()], ...new FormData(form)]);
  proposed = (found ?? []).map(([index, before, after]) => ({ line: shown[index], before, after }));
  news.textContent = error ?? (found.length ? "" : news.dataset.none);
  changes.replaceChildren(...(found ?? []).map(([, before, after], place) => row([place, before, after])));
  button.hidden = !proposed.length;
}

function take() {
  settle();
  const ticked = [...changes.querySelectorAll("input:checked")].map(({ value }) => proposed[value]);
  const texts = new Map(ticked.map(({ line, after }) => [line, after]));
  // A line that was changed meanwhile is another one, and stays.
  change(shown.map((line) => (texts.has(line) ? { ...line, text: texts.get(line) } : line)));
  changes.replaceChildren();
  button.hidden = true;
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
button?.addEventListener("click", take);
