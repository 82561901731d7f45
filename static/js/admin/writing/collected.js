// Links collected in the week: chosen in a list under the text, dragged from there, or sent here by the inbox.

import { typeItems } from "../lines.js";
import { words } from "../news.js";
import { ask } from "../panel.js";
import { EDITOR, whenCalm } from "../typing.js";

async function load() {
  try {
    return (await (await fetch(words.collectedUrl)).json()).links;
  } catch {
    return null;
  }
}

const element = (name, textContent, more = {}) => Object.assign(document.createElement(name), { textContent, ...more });

function row(link, answer) {
  const item = element("li", "", { draggable: true });
  const button = element("button", link.title, { type: "button" });
  button.addEventListener("click", () => answer({ link }));
  item.addEventListener("dragstart", ({ dataTransfer }) => dataTransfer.setData("text/plain", link.markdown));
  item.append(button, element("span", [link.note, `${link.who} ${link.at}`].filter(Boolean).join(" · ")));
  for (const [label, places] of [[words.used, link.used], [words.discussed, link.before]]) {
    if (!places.length) continue;
    item.append(element("span", label));
    for (const { words: name, url } of places) item.append(element("a", name, { href: url, target: "_blank" }));
  }
  return item;
}

async function choose(editor) {
  const chosen = await ask(editor, "collected-links", {}, async (panel, answer) => {
    const list = panel.querySelector("ol");
    const links = await load();
    const show = (sought) => {
      const some = (links ?? []).filter((link) => `${link.title} ${link.note} ${link.url}`.toLowerCase().includes(sought.toLowerCase()));
      list.replaceChildren(...some.map((link) => row(link, answer)));
      if (!some.length) list.replaceChildren(element("li", links ? words.noCollected : words.offline));
    };
    panel.querySelector("input").addEventListener("input", ({ target }) => show(target.value.trim()));
    show("");
  });
  if (chosen?.link) whenCalm(() => typeItems(editor, [chosen.link.markdown]));
}

document.addEventListener("click", (event) => {
  const tools = event.target.closest?.(".editing-tools [data-do=collected]") && event.target.closest(".editing-tools");
  if (tools) choose(tools.nextElementSibling);
});

// Return the text that the section is in, and where it ends there; the end of the notes if there is no such heading.
function placeOf(section) {
  const editors = [...document.querySelectorAll(`#desk ${EDITOR}`)].filter((field) => !field.closest(".empty-form"));
  for (const editor of editors) {
    const heading = editor.closest(".inline-related")?.querySelector("[name$='-heading']");
    if (heading && section && heading.value.includes(section)) return [editor, editor.value.trimEnd().length];
    const at = heading || !section ? -1 : editor.value.search(new RegExp(`^#{1,6} .*${section.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "m"));
    if (at < 0) continue;
    const next = editor.value.slice(at + 1).search(/\n#{1,6} /);
    return [editor, editor.value.slice(0, next < 0 ? undefined : at + 1 + next).trimEnd().length];
  }
  const last = editors.at(-1);
  return [last, last?.value.trimEnd().length];
}

// The inbox opened this form with `#collected=…&section=…`: the link is typed there, and saved by whoever reads it.
async function take(asked) {
  const link = (await load())?.find(({ id }) => String(id) === asked.get("collected"));
  const [editor, end] = placeOf(asked.get("section"));
  if (!link || !editor) return;
  history.replaceState(null, "", location.pathname + location.search); // a reload does not type it again
  for (let fold = editor.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  editor.focus();
  editor.setSelectionRange(end, end);
  typeItems(editor, [link.markdown]);
  editor.scrollIntoView({ block: "center" });
}

const asked = new URLSearchParams(location.hash.slice(1));
if (asked.has("collected") && document.getElementById("desk")) window.addEventListener("load", () => take(asked));
