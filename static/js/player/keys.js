// Keys, while the focus is in the player: nowhere else do they mean anything to it.

/** `actions` by the name of the key. */
export function listenToKeys(place, actions) {
  place.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in actions)) return;
    const at = event.target;
    if (at.closest("select, textarea, input:not([type=range])")) return;
    // Buttons and links have a use for the space bar themselves; only the slider goes to both ends.
    if (event.key === " " && at.closest("button, a, summary")) return;
    if (["Home", "End", "PageUp", "PageDown"].includes(event.key) && !at.matches(".position")) return;
    event.preventDefault();
    actions[event.key]();
  });
}
