// Marks the current entry in the contents of a page: the section that plays, or else the one that is read.

import { onEachPage } from "./pages.js";

const passed = new Set();
let nav = null;
let links = new Map(); // by their anchors
let headings = [];
let isPlaying = false;
let followed = ""; // the anchor of the link that was followed: current until the reader scrolls

/** Scroll the list, not the page: a link that is out of sight in it, or nearly, goes to the middle. */
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
  mark(followed || (last ? `#${last.id}` : ""));
}

function goTo(hash) {
  followed = links.has(decodeURIComponent(hash)) ? decodeURIComponent(hash) : "";
  if (!isPlaying) markRead();
}

/** Mark the section with this anchor as playing; null: nothing plays. */
export function showPlaying(anchor) {
  isPlaying = anchor !== null;
  if (isPlaying) mark(decodeURIComponent(anchor));
  else markRead();
}

onEachPage(({ signal }) => {
  nav = document.querySelector(".contents");
  links = new Map([...(nav?.querySelectorAll("a") ?? [])].map((link) => [decodeURIComponent(link.hash), link]));
  headings = [...links.keys()].map((anchor) => document.getElementById(anchor.slice(1))).filter(Boolean);
  passed.clear();
  isPlaying = false;
  followed = "";
  // A heading is passed when it has left the lower two thirds of the window; far above it still is.
  const observer = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) passed[isIntersecting ? "add" : "delete"](target);
      if (!isPlaying) markRead();
    },
    { rootMargin: "1000000px 0px -66% 0px" },
  );
  for (const heading of headings) observer.observe(heading);
  signal.addEventListener("abort", () => observer.disconnect());
  addEventListener("hashchange", () => goTo(location.hash), { signal });
  nav?.addEventListener("click", (event) => goTo(event.target.closest("a")?.hash ?? ""));
  for (const event of ["wheel", "touchmove", "keydown"]) {
    addEventListener(event, () => (followed = ""), { passive: true, signal });
  }
});
