// The form of the desk: what is typed in it, and whether that is saved. The server says so for the initial content.

export const desk = document.getElementById("desk");
export const form = desk && document.getElementById(desk.dataset.form);

const NOT_TYPED = new Set(["csrfmiddlewaretoken", "working_copy"]);

const fields = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_TYPED.has(name));

export const typed = () => new URLSearchParams(fields()).toString();

// The same for comparing only: it costs a hundredth, for nothing is encoded.
export const sign = () => JSON.stringify(fields());

// "": the form shows what is stored. "sent": it was sent and not saved. "kept": it was filled in from a working copy.
export const unsaved = desk?.dataset.unsaved ?? "";

// The content of the form when all is saved; "" if nothing in it is.
export let saved = form && !unsaved ? typed() : "";
export let savedSign = form && !unsaved ? sign() : "";

// All that the form holds is saved now. Announced as `desk:saved`.
export function settle() {
  saved = typed();
  savedSign = sign();
  form.dispatchEvent(new CustomEvent("desk:saved"));
}

// Whether the form is of something stored: a new thing has version 0.
export const isStored = () => Number(form.elements.loaded_version?.value) > 0;
export const progress = { isSaving: false }; // whether a save is on its way

export const hasFile = () => [...form.elements].some((field) => field.type === "file" && field.name && field.files.length);
export const isSaved = () => sign() === savedSign && !hasFile();
