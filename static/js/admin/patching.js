// Makes a page like a newer one and leaves what is the same in both: it is neither laid out nor painted again.

// Replace what differs between the children of `shown` and those of `wanted`. Equal ones at both ends stay; as many that
// are left on both sides are taken for the same ones, changed.
export function patch(shown, wanted) {
  const old = [...shown.childNodes];
  const now = [...wanted.childNodes];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start].isEqualNode(now[start])) start += 1;
  let end = 0;
  const most = Math.min(old.length, now.length) - start;
  while (end < most && old.at(-1 - end).isEqualNode(now.at(-1 - end))) end += 1;
  const gone = old.slice(start, old.length - end);
  const come = now.slice(start, now.length - end);
  if (gone.length === come.length) {
    gone.forEach((node, index) => renew(node, come[index]));
    return;
  }
  for (const node of gone) node.remove();
  for (const node of come) shown.insertBefore(node, old[old.length - end] ?? null);
}

function renew(node, wanted) {
  if (node.isEqualNode(wanted)) return;
  if (node.cloneNode(false).isEqualNode(wanted.cloneNode(false))) patch(node, wanted);
  else node.replaceWith(wanted);
}
