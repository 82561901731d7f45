// The audio that times are taken from: a file that was chosen here or for the upload, else the audio of the form.

import { recall, remember } from "./local_audio.js";

const bar = document.getElementById("stamping");
export const audio = bar?.querySelector("audio");

const chooser = document.getElementById("stamping-file");
const uploader = document.getElementById("stamping-upload");
const fold = document.getElementById("stamping-fold");
const form = bar?.closest("form");
const upload = form?.elements.audio_file; // read-only for some users
const address = form?.elements.audio_url;
let chosen = null; // a file of this device

function source() {
  if (chosen) return { url: URL.createObjectURL(chosen), name: chosen.name };
  const typed = address?.value.trim();
  if (typed) return { url: typed, name: typed.split("/").pop() };
  return { url: bar.dataset.uploaded, name: bar.dataset.uploadedName || (bar.dataset.uploaded && bar.dataset.uploadedWords) };
}

function open() {
  const { url, name } = source();
  bar.classList.toggle("has-audio", Boolean(url));
  document.getElementById("stamping-name").textContent = name;
  uploader.hidden = !chosen || upload?.type !== "file" || upload.files.length > 0;
  if (audio.src.startsWith("blob:")) URL.revokeObjectURL(audio.src);
  audio.preload = chosen ? "metadata" : "none"; // fetch nothing before it is played
  if (url) audio.src = url;
  else audio.removeAttribute("src");
}

function take(file) {
  chosen = file;
  open();
}

function chooseUpload() {
  const files = new DataTransfer();
  files.items.add(chosen);
  upload.files = files.files;
  upload.dispatchEvent(new Event("change", { bubbles: true }));
}

function unfold(isOpen) {
  fold.setAttribute("aria-expanded", String(isOpen));
  localStorage.setItem("dock", isOpen ? "open" : "folded");
}

if (bar) {
  open();
  // What is chosen here is not a change of the form around it.
  for (const name of ["input", "change"]) bar.addEventListener(name, (event) => event.stopPropagation());
  address?.addEventListener("change", open);
  for (const input of [chooser, upload]) {
    input?.addEventListener("change", () => {
      if (!input.files?.[0]) return open();
      take(input.files[0]);
      remember(chosen);
    });
  }
  uploader.addEventListener("click", chooseUpload);
  fold.addEventListener("click", () => unfold(fold.getAttribute("aria-expanded") === "false"));
  unfold(localStorage.getItem("dock") !== "folded");
  // After its upload the stored file is the same.
  recall().then((file) => file && file.name !== bar.dataset.uploadedName && take(file));
}

export function playFrom(seconds) {
  audio.currentTime = Math.max(0, seconds);
  return audio.play().catch(() => {}); // the player itself shows what it cannot play
}
