// Where one is, in the contents of a page: in what plays, or else in what is read.

const nav = document.querySelector(".contents");
const links = new Map([...(nav?.querySelectorAll("a") ?? [])].map((link) => [decodeURIComponent(link.hash), link]));
const headings = [...links.keys()].map((anchor) => document.getElementById(anchor.slice(1))).filter(Boolean);
const passed = new Set();
let isPlaying = false;
let goneTo = ""; // by a link: that is where one is until one scrolls on, wherever in the window it stands

/** The list scrolls, the page does not: where the link is out of its sight, or nearly, it goes to the middle. */
function keepInSight(link) {
  const [list, entry] = [nav, link].map((each) => each.getBoundingClientRect());
  if (entry.top - entry.height > list.top && entry.bottom + entry.height < list.bottom) return;
  nav.scrollTop += (entry.top + entry.bottom - list.top - list.bottom) / 2;
}

function mark(anchor) {
  const link = links.get(anchor);
  for (const other of links.values()) if (other !== link) other.removeAttribute("aria-current");
  if (!link || link.hasAttribute("aria-current")) return;
  link.setAttribute("aria-current", "true");
  if (nav.scrollHeight > nav.clientHeight) keepInSight(link);
}

function markRead() {
  const last = headings.findLast((heading) => passed.has(heading));
  mark(goneTo || (last ? `#${last.id}` : ""));
}

function goTo(hash) {
  goneTo = links.has(decodeURIComponent(hash)) ? decodeURIComponent(hash) : "";
  if (!isPlaying) markRead();
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
addEventListener("hashchange", () => goTo(location.hash));
nav?.addEventListener("click", (event) => goTo(event.target.closest("a")?.hash ?? ""));
for (const event of ["wheel", "touchmove", "keydown"]) {
  addEventListener(event, () => (goneTo = ""), { passive: true });
}
