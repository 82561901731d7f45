// Keyboard shortcuts while the focus is in the player, and nowhere else.

const ACTIONS = {
  " ": ({ playOrPause }) => playOrPause(),
  k: ({ playOrPause }) => playOrPause(),
  j: ({ by }) => by(-15),
  l: ({ by }) => by(30),
  ArrowLeft: ({ by }) => by(-5),
  ArrowRight: ({ by }) => by(5),
  PageDown: ({ toSection }) => toSection(-1),
  PageUp: ({ toSection }) => toSection(1),
  Home: ({ seek }) => seek(0),
  End: ({ seek }, slider) => seek(Number(slider.max)),
};

export function listenToKeys(place, sound) {
  place.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in ACTIONS)) return;
    const at = event.target;
    if (at.closest("select, textarea, input:not([type=range])")) return;
    // Buttons and links use the space bar themselves; Home, End and the page keys are for the slider only.
    if (event.key === " " && at.closest("button, a, summary")) return;
    if (["Home", "End", "PageUp", "PageDown"].includes(event.key) && !at.matches(".position")) return;
    event.preventDefault();
    ACTIONS[event.key](sound, at);
  });
}
