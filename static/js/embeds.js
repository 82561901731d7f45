// Players of other sites: nothing of theirs is asked for before the visitor presses the button.
// Without this module each stays what it is: a link to the page of the thing.

const words = document.querySelector("#embed-words");
const own = document.querySelector(".elsewhere.embed[data-start]"); // the episode itself, as another site plays it

/** The frame of another site, which may run its own scripts and open its own windows, and nothing here. */
function makeFrame(figure) {
  const frame = document.createElement("iframe");
  frame.src = figure.dataset.frame;
  frame.title = figure.querySelector("a").textContent.trim();
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
  frame.allow = "autoplay; fullscreen; encrypted-media; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  return frame;
}

/** The player of the episode begins at this second: where the visitor has loaded it, it is loaded again. */
export function moveFrame(seconds) {
  if (!own) return false;
  const address = new URL(own.dataset.frame);
  const frame = own.querySelector("iframe");
  address.searchParams.set(own.dataset.start, Math.floor(seconds));
  if (frame) address.searchParams.set("autoplay", 1);
  own.dataset.frame = address.href;
  frame?.replaceWith(makeFrame(own));
  return Boolean(frame);
}

for (const figure of document.querySelectorAll(".embed[data-frame]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.dataset.load.replace("{host}", new URL(figure.dataset.frame).host);
  button.addEventListener("click", () => {
    const frame = makeFrame(figure);
    button.replaceWith(frame);
    frame.focus();
    figure.dispatchEvent(new CustomEvent("load-frame", { bubbles: true }));
  });
  figure.append(button);
}
