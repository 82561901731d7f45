// The Media Session: keys of headphones, keyboards and lock screens, and what those screens show.

/** The names are those of the standard: https://w3c.github.io/mediasession/#enumdef-mediasessionaction */
const actionsOf = ({ audio, sections, play, by, seek, toSection }) => ({
  play: () => play(),
  pause: () => audio.pause(),
  seekbackward: ({ seekOffset }) => by(-(seekOffset || 15)),
  seekforward: ({ seekOffset }) => by(seekOffset || 30),
  seekto: ({ seekTime }) => seek(seekTime),
  previoustrack: sections.length ? () => toSection(-1) : null,
  nexttrack: sections.length ? () => toSection(1) : null,
});

/** Tell the system what plays and which keys it answers to; again whenever more is known of it. */
export function tellSystem(sound) {
  const session = navigator.mediaSession;
  if (!session) return;
  const { title, show, artwork } = sound.audio.dataset;
  session.metadata = new MediaMetadata({
    title,
    artist: show,
    artwork: artwork ? [{ src: artwork }] : [],
    chapterInfo: sound.sections.map(({ start, name }) => ({ title: name, startTime: start })),
  });
  for (const [action, act] of Object.entries(actionsOf(sound))) {
    try {
      session.setActionHandler(action, act);
    } catch {
      // An action that this browser does not know.
    }
  }
}

export function joinMediaSession(sound) {
  const { audio } = sound;
  if (!navigator.mediaSession) return;

  const tell = () => {
    if (!(audio.duration < Infinity)) return;
    const position = Math.min(audio.currentTime, audio.duration);
    navigator.mediaSession.setPositionState({ duration: audio.duration, playbackRate: audio.playbackRate, position });
  };
  audio.addEventListener("play", () => tellSystem(sound));
  for (const event of ["durationchange", "ratechange", "seeked", "play", "pause"]) audio.addEventListener(event, tell);
}
