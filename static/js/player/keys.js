// Keyboard shortcuts while the focus is in the player, and nowhere else.

/** `actions` are functions by the name of the key. */
export function listenToKeys(place, actions) {
  place.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in actions)) return;
    const at = event.target;
    if (at.closest("select, textarea, input:not([type=range])")) return;
    // Buttons and links use the space bar themselves; Home, End and the page keys are for the slider only.
    if (event.key === " " && at.closest("button, a, summary")) return;
    if (["Home", "End", "PageUp", "PageDown"].includes(event.key) && !at.matches(".position")) return;
    event.preventDefault();
    actions[event.key]();
  });
}
