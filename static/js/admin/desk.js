// The bar over the form: what is not saved yet, the tabs of narrow screens, and *Publish* on a form with changes.

import { desk, form, isSaved, unsaved } from "./form_state.js";

const PAUSE = 600; // milliseconds without a keystroke

function watchForChanges() {
  const news = document.getElementById("desk-unsaved");
  let isDirty = false;
  let timer = null;
  const discard = document.getElementById("desk-discard");
  const tell = (isSo) => {
    isDirty = isSo;
    const words = isSo ? news.dataset.words : "";
    if (news.textContent === words) return; // each write costs the layout of the page, also of the same words
    discard.hidden = !isSo;
    news.textContent = words;
  };
  const mark = ({ target }) => {
    if (target.name === "") return; // the audio dock is not part of the form
    tell(true);
    clearTimeout(timer);
    timer = setTimeout(() => tell(!isSaved()), PAUSE); // the change may have been undone
  };
  if (unsaved) tell(true);
  for (const event of ["input", "change"]) form.addEventListener(event, mark);
  form.addEventListener("desk:saved", () => {
    clearTimeout(timer);
    tell(false);
  });
  for (const event of ["formset:added", "formset:removed"]) document.addEventListener(event, mark);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    const isView = event.submitter?.name === "_as_document" && isSaved() && !form.elements.suggestion;
    isDirty = false;
    if (!isView) return;
    event.preventDefault(); // the same text in the other form: nothing has to be sent
    location.search = "?notes=document";
  });
  discard.addEventListener("submit", (event) => {
    if (!window.confirm(discard.dataset.ask)) {
      event.preventDefault();
      return;
    }
    discard.elements.key.value = form.elements.working_copy.value;
    isDirty = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isDirty) event.preventDefault();
  });
  document.getElementById("desk-steps")?.addEventListener("submit", (event) => {
    if (!isDirty) return;
    event.preventDefault(); // save first; the step follows
    const then = Object.assign(document.createElement("input"), { type: "hidden", name: "_then" });
    then.value = event.submitter.value;
    form.append(then);
    form.requestSubmit(desk.querySelector(".desk-save"));
  });
}

function showOneAtATime() {
  const tabs = [...desk.querySelectorAll("[role=tab]")];
  const choose = (chosen) => {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
    }
    desk.dataset.shows = chosen.id;
  };
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const other = tabs[(index + 1) % tabs.length];
      choose(other);
      other.focus();
    });
  }
  if (tabs.length) choose(tabs[0]);
  document.getElementById("desk-preview-now")?.addEventListener("click", () => choose(tabs[1]));
}

if (form) {
  showOneAtATime();
  if (desk.querySelector(".desk-save")) watchForChanges();
  if (form.elements.title?.value === "") form.elements.title.focus();
}
