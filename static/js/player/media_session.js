// The Media Session: keys of headphones, keyboards and lock screens, and what those screens show.

/** `actions` are functions by their names in the standard (https://w3c.github.io/mediasession/#enumdef-mediasessionaction). */
export function joinMediaSession(audio, sections, actions) {
  const session = navigator.mediaSession;
  if (!session) return;

  audio.addEventListener("play", () => {
    const { title, show, artwork } = audio.dataset;
    session.metadata = new MediaMetadata({
      title,
      artist: show,
      artwork: artwork ? [{ src: artwork }] : [],
      chapterInfo: sections.map(({ start, name }) => ({ title: name, startTime: start })),
    });
    for (const [action, act] of Object.entries(actions)) {
      try {
        session.setActionHandler(action, act);
      } catch {
        // An action that this browser does not know.
      }
    }
  });

  const tell = () => {
    if (!(audio.duration < Infinity)) return;
    const position = Math.min(audio.currentTime, audio.duration);
    session.setPositionState({ duration: audio.duration, playbackRate: audio.playbackRate, position });
  };
  for (const event of ["durationchange", "ratechange", "seeked", "play", "pause"]) audio.addEventListener(event, tell);
}
