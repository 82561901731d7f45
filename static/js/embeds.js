// Players of other sites: nothing of theirs is asked for before the visitor presses the button.
// Without this module each stays what it is: a link to the page of the thing.

const words = document.querySelector("#embed-words");

/** The frame of another site, which may run its own scripts and open its own windows, and nothing here. */
function makeFrame(figure) {
  const frame = document.createElement("iframe");
  frame.src = figure.dataset.frame;
  frame.title = figure.querySelector("a").textContent;
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
  frame.allow = "fullscreen; encrypted-media; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  return frame;
}

for (const figure of document.querySelectorAll(".prose .embed[data-frame]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.dataset.load.replace("{host}", new URL(figure.dataset.frame).host);
  button.addEventListener("click", () => {
    const frame = makeFrame(figure);
    button.replaceWith(frame);
    frame.focus();
  });
  figure.append(button);
}
