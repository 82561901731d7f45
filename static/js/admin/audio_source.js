// The audio that times are taken from: an address, the uploaded file, or a file on this device that never leaves it.

import { recall, remember } from "./local_audio.js";

const bar = document.getElementById("stamping");
export const audio = bar?.querySelector("audio");

const source = document.getElementById("stamping-source");
const chooser = document.getElementById("stamping-file");

function address() {
  if (source.value === "address") return document.querySelector("[name=audio_url]")?.value.trim() ?? "";
  if (source.value === "uploaded") return bar.dataset.uploaded;
  return "";
}

function open() {
  chooser.parentElement.hidden = source.value !== "local";
  if (source.value === "local") {
    if (chooser.files[0]) play(URL.createObjectURL(chooser.files[0]));
    else audio.removeAttribute("src");
  } else if (address()) {
    play(address());
  } else {
    audio.removeAttribute("src");
  }
}

function play(url) {
  if (audio.src.startsWith("blob:")) URL.revokeObjectURL(audio.src);
  audio.preload = url.startsWith("blob:") ? "metadata" : "none"; // fetch nothing before it is played
  audio.src = url;
}

function take(file) {
  const files = new DataTransfer();
  files.items.add(file);
  chooser.files = files.files;
  source.value = "local";
  open();
}

if (bar) {
  source.value = document.querySelector("[name=audio_url]")?.value ? "address" : bar.dataset.uploaded ? "uploaded" : "local";
  open();
  source.addEventListener("change", open);
  chooser.addEventListener("change", () => {
    open();
    if (chooser.files[0]) remember(chooser.files[0]);
  });
  recall().then((file) => file && take(file));
  // A choice here is not a change of the form around it.
  for (const name of ["input", "change"]) bar.addEventListener(name, (event) => event.stopPropagation());
}

export function playFrom(seconds) {
  audio.currentTime = Math.max(0, seconds);
  return audio.play().catch(() => {}); // the player itself shows what it cannot play
}
