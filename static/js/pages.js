// What a script does with a page, it does with the open one and with each that takes its place without a reload.

const starts = [];
let page = new AbortController();
let isReturning = ["reload", "back_forward"].includes(performance.getEntriesByType("navigation")[0]?.type);
let shown = withoutHash(location);
let travel = () => location.reload();
history.scrollRestoration = "auto"; // after a reload of a page that took the place of another

function withoutHash({ pathname, search }) {
  return pathname + search;
}

/**
 * Call `start` for this page and for each later one, which may lack what it looks for. `signal` is aborted when the
 * page is left; `isReturning` says that the visitor was here before: reload, back, forward.
 */
export function onEachPage(start) {
  starts.push(start);
  start({ signal: page.signal, isReturning });
}

/** The page is about to be replaced: what its scripts listen to outside of it ends. */
export function leavePage() {
  page.abort();
}

/** Another page stands in the document, at its own address. */
export function enterPage(isOldOne) {
  page = new AbortController();
  isReturning = isOldOne;
  shown = withoutHash(location);
  for (const start of starts) start({ signal: page.signal, isReturning });
}

/** Call `act` when the visitor goes back or forward to a page that took the place of another. */
export function onTravel(act) {
  travel = act;
}

// Such places in the history outlive a reload, so a page that replaces nothing itself must follow them, too.
addEventListener("popstate", () => {
  if (withoutHash(location) !== shown) travel();
});
