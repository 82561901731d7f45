// The progress of a save that carries a large file, and the size that no file may have.

import { complain } from "./refusals.js";

const template = document.getElementById("upload-progress");
const input = template?.closest("form").elements.audio_file;
const words = template?.dataset;
const MB = 1_000_000;

// Return what is wrong with the chosen file, by the id of its field.
export const isTooLarge = () =>
  input?.type === "file" && (input.files[0]?.size ?? 0) > Number(words.most) ? { [input.id]: [words.tooLarge] } : {};

// Show the progress of the request; return the functions `tell` and `end`, null if no file is sent.
export function announce(request) {
  const bar = document.querySelector(".desk-bar");
  bar.querySelector(".desk-upload")?.remove();
  if (input?.type !== "file" || !input.files.length) return null;
  const shown = template.content.firstElementChild.cloneNode(true);
  const [progress, status, cancel] = shown.children;
  bar.append(shown);
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    progress.value = (loaded / total) * 100;
    status.textContent = `${Math.floor(loaded / MB)} / ${Math.ceil(total / MB)} MB`;
  });
  request.upload.addEventListener("load", () => {
    progress.removeAttribute("value");
    status.textContent = words.sent;
  });
  cancel.addEventListener("click", () => request.abort());
  const end = () => {
    progress.remove();
    cancel.remove();
  };
  return { tell: (sentence) => (status.textContent = sentence), end };
}

if (input?.type === "file") input.addEventListener("change", () => complain(isTooLarge()));
