// Puts one page in the place of another in the same document. What has `data-stays` stays.

const KEPT = "link[rel=stylesheet], script[src]";
const loaded = new Set([...document.querySelectorAll("script[src]")].map(({ src }) => src));

/** Load the style sheets that the page needs and that are not here yet, each after the one that it follows there. */
export async function loadStyles(page) {
  const here = new Map([...document.querySelectorAll("link[rel=stylesheet]")].map((link) => [link.href, link]));
  const loading = [];
  let before = null;
  for (const wanted of page.querySelectorAll("link[rel=stylesheet]")) {
    let link = here.get(wanted.href);
    if (!link) {
      link = document.importNode(wanted);
      loading.push(new Promise((resolve) => (link.onload = link.onerror = resolve)));
      before.after(link);
    }
    before = link;
  }
  await Promise.all(loading);
}

/** Copies, since audio that was parsed in another document has failed to load there. */
const copies = (parts) => [...parts].map((part) => document.importNode(part, true));

export function replacePage(page) {
  document.documentElement.lang = page.documentElement.lang;
  document.documentElement.className = page.documentElement.className;
  document.documentElement.removeAttribute("aria-busy");
  for (const each of document.head.querySelectorAll(`:scope > :not(${KEPT})`)) each.remove();
  document.head.prepend(...copies(page.head.querySelectorAll(`:scope > :not(${KEPT})`)));
  for (const each of document.body.querySelectorAll(":scope > :not([data-stays])")) each.remove();
  document.body.prepend(...copies(page.body.children));
}

/** Load the scripts of the page that are not here yet: a parsed page runs none. Those that are, were started again. */
export function runScripts(page) {
  for (const { src } of page.querySelectorAll("script[src]")) {
    if (loaded.has(src)) continue;
    loaded.add(src);
    document.head.append(Object.assign(document.createElement("script"), { type: "module", src }));
  }
}
