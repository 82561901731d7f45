// The playback speed: the same as the last time.

import { recall, remember } from "./memory.js";

export function keepSpeed(audio, select) {
  const set = () => {
    audio.defaultPlaybackRate = audio.playbackRate = Number(select.value);
  };
  const usual = recall("speed");
  if ([...select.options].some((option) => option.value === usual)) select.value = usual;
  set();
  select.addEventListener("change", () => {
    set();
    remember("speed", select.value);
  });
}
