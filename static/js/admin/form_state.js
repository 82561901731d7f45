// The form of the desk: what is typed in it, and whether that is saved. The server says so for what the page came with.

export const desk = document.getElementById("desk");
export const form = desk && document.getElementById(desk.dataset.form);

const NOT_TYPED = new Set(["csrfmiddlewaretoken", "working_copy"]);

export function typed() {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_TYPED.has(name));
  return new URLSearchParams(fields).toString();
}

// "": it is what is stored. "sent": this form was sent and not saved. "kept": filled in from what was kept elsewhere.
export const unsaved = desk?.dataset.unsaved ?? "";

// What the form says where all is saved; "" where nothing in it is.
export const saved = form && !unsaved ? typed() : "";

const hasFile = () => [...form.elements].some((field) => field.type === "file" && field.name && field.files.length);
export const isSaved = () => typed() === saved && !hasFile();
