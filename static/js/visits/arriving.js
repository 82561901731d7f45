// On a page that took the place of another: its title is announced, its heading gets the focus, the place is shown.

const parts = document.getElementById("sound-parts").content;
const news = parts.querySelector(".arrival");
document.body.append(news);

/** Say that a page cannot be reached, in sight; the page that is open stays. */
export function sayUnreachable() {
  news.classList.remove("visually-hidden");
  news.textContent = news.dataset.unreachable;
}

/** `top` is how far down the page stood when it was left, if the visitor comes back to it. */
export function arrive(top) {
  news.classList.add("visually-hidden");
  news.textContent = document.title;
  const heading = document.querySelector("main h1, h1") ?? document.querySelector("main");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  if (top === undefined && location.hash) location.replace(location.href); // the browser goes to the place in it
  else scrollTo({ top: top ?? 0, behavior: "instant" });
}
