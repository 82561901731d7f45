// A filter of a list with many values gets a field that narrows it.

const MANY = 12;
const filter = document.getElementById("changelist-filter");
const fold = (text) => text.normalize("NFKC").toLowerCase();

for (const details of filter?.querySelectorAll("details") ?? []) {
  const items = [...details.querySelectorAll("li")];
  if (items.length <= MANY) continue;
  const name = details.querySelector("summary").textContent.trim();
  const input = Object.assign(document.createElement("input"), { type: "search", className: "filter-search" });
  input.setAttribute("aria-label", name);
  input.placeholder = "…";
  input.addEventListener("input", () => {
    for (const item of items) item.hidden = !item.classList.contains("selected") && !fold(item.textContent).includes(fold(input.value));
  });
  details.querySelector("summary").after(input);
}
