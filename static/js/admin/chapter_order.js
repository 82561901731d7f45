// The chapters of a course: moved by button or by dragging, and saved at once. Without this script a button loads the page.

const form = document.querySelector(".chapter-order form");
const list = form?.querySelector("ol");
const news = form?.querySelector("[role=status]");
let taken = null;
let sending = Promise.resolve(); // one order after the other

function save() {
  const body = new FormData(form);
  sending = sending.then(async () => {
    try {
      const response = await fetch(form.action, { method: "POST", body });
      news.textContent = response.ok ? "" : form.dataset.refused;
    } catch {
      news.textContent = form.dataset.refused;
    }
  });
}

function move(item, step) {
  const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  if (step < 0) other.before(item);
  else other.after(item);
  save();
}

form?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.name) return;
  event.preventDefault();
  move(button.closest("li"), button.name === "up" ? -1 : 1);
  button.focus();
});

if (list?.querySelector("button")) {
  for (const item of list.children) item.draggable = true;
  list.addEventListener("dragstart", (event) => {
    taken = event.target.closest("li");
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!taken || !over) return;
    event.preventDefault();
    if (over === taken) return;
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(taken);
    else over.after(taken);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    if (taken) save();
    taken = null;
  });
}
