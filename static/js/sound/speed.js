// The playback speed: the same as the last time.

import { recall, remember } from "./memory.js";

function setSpeed(audio, speed) {
  audio.defaultPlaybackRate = audio.playbackRate = speed;
}

export const useUsualSpeed = (audio) => setSpeed(audio, Number(recall("speed")) || 1);

export function offerSpeeds(audio, select) {
  const usual = [...select.options].find(({ value }) => Number(value) === audio.defaultPlaybackRate);
  if (usual) select.value = usual.value;
  else setSpeed(audio, Number(select.value)); // no longer offered
  select.addEventListener("change", () => {
    setSpeed(audio, Number(select.value));
    remember("speed", select.value);
  });
}
