// Only one tab plays at a time: the one that starts pauses the others.

export function playAlone(audio) {
  let channel = null; // open only while it plays: an open channel keeps a page out of the back/forward cache

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
