// Two tabs do not talk at once: whoever begins to play makes the others pause.

export function playAlone(audio) {
  let channel = null; // open only while it plays: a page that can be kept for the way back has none

  audio.addEventListener("play", () => {
    channel ??= new BroadcastChannel("playing");
    channel.onmessage = () => audio.pause();
    channel.postMessage("");
  });
  audio.addEventListener("pause", () => {
    channel?.close();
    channel = null;
  });
}
