// Where one is, in the contents of a page: in what plays, or else in what is read.

const nav = document.querySelector(".contents");
const links = new Map([...(nav?.querySelectorAll("a") ?? [])].map((link) => [decodeURIComponent(link.hash), link]));
const headings = [...links.keys()].map((anchor) => document.getElementById(anchor.slice(1))).filter(Boolean);
const passed = new Set();
let isPlaying = false;

function mark(anchor) {
  const link = links.get(anchor);
  for (const other of links.values()) if (other !== link) other.removeAttribute("aria-current");
  if (!link || link.hasAttribute("aria-current")) return;
  link.setAttribute("aria-current", "true");
  // The list scrolls, the page does not.
  if (nav.scrollHeight > nav.clientHeight) nav.scrollTop = link.offsetTop - nav.offsetTop - nav.clientHeight / 2;
}

function markRead() {
  const last = headings.findLast((heading) => passed.has(heading));
  mark(last ? `#${last.id}` : "");
}

/** The section with this anchor plays now; null: nothing plays. */
export function showPlaying(anchor) {
  isPlaying = anchor !== null;
  if (isPlaying) mark(decodeURIComponent(anchor));
  else markRead();
}

// A heading is passed when it has left the lower two thirds of the window, however far above it is.
const observer = new IntersectionObserver(
  (changes) => {
    for (const { target, isIntersecting } of changes) passed[isIntersecting ? "add" : "delete"](target);
    if (!isPlaying) markRead();
  },
  { rootMargin: "1000000px 0px -66% 0px" },
);
for (const heading of headings) observer.observe(heading);
