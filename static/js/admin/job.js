// The page of a job follows its progress; when the job is over, it loads again and shows what came of it.

import { follow } from "./following.js";

const job = document.getElementById("job");
const progress = document.getElementById("job-progress");
const log = document.getElementById("job-log");

function show({ label, done, total, log: lines }) {
  document.getElementById("job-label").textContent = label;
  if (total) {
    progress.max = total;
    progress.value = done;
    document.getElementById("job-count").textContent = `${done} / ${total}`;
  } else {
    progress.removeAttribute("value");
  }
  log.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  log.scrollTop = log.scrollHeight; // the newest line
}

// Also if nobody is logged in any more: the page says so.
await follow(job.dataset.url, show).catch(() => null);
location.reload();
