// The timeline under a finger, which is wider than most sections of a long episode: the section next to it is named
// while it moves, and followed when it is lifted. Where our own player has its slider, the slider is touched instead.

const GLANCE = 10; // pixels beside the line within which a finger may stray

export function followTouch(drawing) {
  const stretches = [...drawing.querySelectorAll(".stretch")];
  const label = drawing.querySelector(".pointed-at");
  let touched = null;

  function point(stretch) {
    touched = stretch;
    for (const each of stretches) each.classList.toggle("pointed", each === stretch);
    label.textContent = stretch ? stretch.querySelector(".label").textContent.trim() : "";
  }

  function nearest(x) {
    const away = (stretch) => Math.abs(stretch.querySelector(".vertex").getBoundingClientRect().x + 3 - x);
    return stretches.reduce((best, each) => (away(each) < away(best) ? each : best));
  }

  function isNear({ clientY }) {
    const { top, bottom } = drawing.getBoundingClientRect();
    return top - GLANCE <= clientY && clientY <= bottom + GLANCE;
  }

  const look = (event) => point(isNear(event) ? nearest(event.clientX) : null);
  drawing.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch" || !stretches.length) return;
    drawing.setPointerCapture(event.pointerId);
    look(event);
  });
  drawing.addEventListener("pointermove", (event) => touched && look(event));
  drawing.addEventListener("pointercancel", () => point(null)); // the page is scrolled
  drawing.addEventListener("pointerup", () => {
    const link = touched;
    if (!link) return;
    point(null);
    const press = new MouseEvent("click", { bubbles: true, cancelable: true });
    if (link.dispatchEvent(press)) location.assign(new URL(link.getAttribute("href"), document.baseURI));
  });
  // The browser's own click is that of the section exactly under the finger.
  drawing.addEventListener("click", (event) => {
    if (!event.isTrusted || event.pointerType !== "touch") return;
    event.preventDefault();
    event.stopPropagation();
  });
}
