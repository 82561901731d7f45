// The checks above the preview: what the last preview found, each with a link to its field; and checking the links now.

import { follow } from "./following.js";

const panel = document.getElementById("desk-checks");
const list = document.getElementById("desk-checks-list");
let shown = null;

const element = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });

// Go to a field. On narrow screens the form is behind its tab, and parts of it are folded.
function jump(id, line) {
  const target = document.getElementById(id);
  if (!target) return;
  const tab = document.getElementById("tab-edit");
  if (tab?.offsetParent) tab.click();
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const field = target.matches("input, select, textarea") ? target : target.querySelector("input:not([type=hidden]), select, textarea, a");
  if (line !== null && field?.setSelectionRange) selectLine(field, line);
  (field ?? target).focus();
  (field ?? target).scrollIntoView({ block: "center" });
}

function selectLine(field, number) {
  const lines = field.value.split("\n");
  const start = lines.slice(0, number).join("\n").length + (number ? 1 : 0);
  field.setSelectionRange(start, start + (lines[number] ?? "").length);
}

function item(problem) {
  const row = document.createElement("li");
  if (problem.target && document.getElementById(problem.target)) {
    const link = element("a", problem.message, { href: `#${problem.target}` });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      jump(problem.target, problem.line);
    });
    row.append(link);
  } else {
    row.append(problem.message);
  }
  for (const [url, words] of [[problem.offer, panel.dataset.archive], [problem.spec, panel.dataset.rule]]) {
    if (url) row.append(" ", element("a", words, { href: url, target: "_blank", rel: "noopener" }));
  }
  return row;
}

function show(problems) {
  const text = JSON.stringify(problems);
  if (text === shown) return; // shown already
  shown = text;
  const parts = [];
  for (const [words, isError] of [[panel.dataset.errors, true], [panel.dataset.warnings, false]]) {
    const some = problems.filter((problem) => problem.is_error === isError);
    if (!some.length) continue;
    const items = element("ul", "", { className: isError ? "problems errors" : "problems" });
    items.append(...some.map(item));
    parts.push(element("p", `${words}: ${some.length}`), items);
  }
  list.replaceChildren(...(parts.length ? parts : [element("p", panel.dataset.none)]));
  document.getElementById("desk-checks-count").textContent = problems.length ? `(${problems.length})` : "";
}

async function checkLinks(button) {
  const output = document.getElementById("desk-links-list");
  const body = new FormData();
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  button.disabled = true;
  output.replaceChildren(element("p", panel.dataset.asking));
  try {
    const { status } = await (await fetch(button.dataset.url, { method: "POST", body })).json();
    const over = await follow(status, ({ label, done, total }) => {
      output.firstChild.textContent = `${panel.dataset.asking} ${total ? `${done} / ${total}` : label}`;
    });
    const answer = over.report ?? { message: over.log.at(-1) ?? over.label, links: [] };
    const items = document.createElement("ul");
    for (const link of answer.links) {
      const row = document.createElement("li");
      row.append(element("a", link.url, { href: link.url, target: "_blank", rel: "noopener noreferrer" }), ` ${link.message}`);
      if (link.offer) row.append(" ", element("a", panel.dataset.archive, { href: link.offer, target: "_blank", rel: "noopener noreferrer" }));
      items.append(row);
    }
    output.replaceChildren(element("p", answer.message), items);
    document.dispatchEvent(new CustomEvent("desk:stale")); // the list above may have changed
  } catch {
    output.replaceChildren(element("p", panel.dataset.offline));
  }
  button.disabled = false;
}

if (panel) {
  // preview.js announces each page that it received.
  document.addEventListener("desk:previewed", (event) => {
    const data = event.detail.page.getElementById("problems");
    if (data) show(JSON.parse(data.textContent));
  });
  document.getElementById("desk-check-links")?.addEventListener("click", (event) => checkLinks(event.currentTarget));
}

// A refused save leads to the first wrong field; the page that asks before publishing leads to any field, by its id.
const wrong = document.querySelector("#desk [aria-invalid=true]");
if (wrong) window.addEventListener("load", () => jump(wrong.id, null));
else if (document.getElementById("desk") && location.hash.startsWith("#id_")) {
  window.addEventListener("load", () => jump(decodeURIComponent(location.hash.slice(1)), null));
}
