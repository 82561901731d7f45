// Who speaks: each label with its lines; another name for one goes into all of them.

import { change, settle } from "./history.js";
import { list, shown } from "./lines.js";

const labels = document.getElementById("transcript-speakers");

function tell() {
  const counts = new Map();
  for (const { speaker } of shown) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  labels.replaceChildren(
    ...[...counts].map(([label, count]) => {
      const item = document.createElement("li");
      const input = Object.assign(document.createElement("input"), { value: label, maxLength: 100 });
      input.setAttribute("list", "transcript-names");
      input.addEventListener("change", () => rename(label, input.value.trim()));
      const words = labels.dataset.lines.replace("{count}", count);
      item.append(input, " ", words);
      input.setAttribute("aria-label", `${label} ${words}`.trim());
      return item;
    }),
  );
}

function rename(label, name) {
  settle();
  change(shown.map((line) => (line.speaker === label ? { ...line, speaker: name } : line)));
}

if (labels) {
  const fold = labels.closest("details");
  fold.addEventListener("toggle", tell);
  list.addEventListener("lines", () => fold.open && tell());
}
