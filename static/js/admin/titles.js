// The titles of pasted addresses: each arrives when its page answers, so that a slow page holds up no other.

import { fill, post, tell, tellMore, words } from "./news.js";
import { replace, whenCalm } from "./typing.js";

const AT_ONCE = 4; // requests at a time
const TOGETHER = 300; // milliseconds: titles that arrive so closely go in, and are taken back, in one step
const LONGEST = 60; // characters of an address that is named

const isBalanced = (url) => [...url].reduce((open, sign) => (open < 0 ? open : open + (sign === "(") - (sign === ")")), 0) === 0;
export const spellLink = (text, url) => `[${text}](${isBalanced(url) ? url : `<${url}>`})`;
const shorten = (url) => (url.length > LONGEST ? `${url.slice(0, LONGEST)}…` : url);

// `place` is where the addresses were pasted.
export async function fillTitles(editor, urls, place) {
  const waiting = [...urls];
  const failed = [];
  const before = [];
  let left = urls.length;
  let refusal = "";
  let arrived = {};
  let timer = null;
  const put = () => {
    clearTimeout(timer);
    const titles = arrived;
    arrived = {};
    return new Promise((resolve) => whenCalm(() => resolve(putTitles(editor, titles, place))));
  };
  const askNext = async () => {
    for (let url = waiting.shift(); url; url = waiting.shift()) {
      const answer = refusal ? {} : await post(words.titlesUrl, [["url", url]]);
      refusal ||= answer.error ?? "";
      before.push(...(answer.before?.[url] ?? []));
      left -= 1;
      const title = answer.titles?.[url];
      if (!title) failed.push(url);
      else arrived[url] = title;
      if (left) tell(editor, fill(words.asking, { count: left }));
      clearTimeout(timer);
      timer = setTimeout(put, TOGETHER);
    }
  };
  tell(editor, fill(words.asking, { count: left }));
  await Promise.all(Array.from({ length: AT_ONCE }, askNext));
  await put();
  tell(editor, before.length ? words.discussed : "", before);
  const named = failed.filter((url) => nearest(editor.value, url, place) >= 0);
  if (!named.length) return;
  const again = { words: words.tryAgain, act: () => fillTitles(editor, named, place) };
  const links = named.map((url) => ({ words: shorten(url), url }));
  tellMore(editor, [refusal, words.untitled].filter(Boolean).join(" "), links, again);
}

// Insert all titles in one step, so that one undo restores all the addresses.
function putTitles(editor, titles, place) {
  const text = editor.value;
  const found = [];
  for (const [url, title] of Object.entries(titles)) {
    const start = nearest(text, url, place);
    if (start >= 0) found.push({ start, end: start + url.length, link: spellLink(title, url) });
  }
  if (!found.length) return;
  found.sort((one, other) => one.start - other.start);
  let filled = "";
  let done = found[0].start;
  for (const { start, end, link } of found) {
    filled += text.slice(done, start) + link;
    done = end;
  }
  replace(editor, found[0].start, done, filled);
}

// Return the index of the address, standing by itself, closest to where it was pasted; -1 if it is gone.
function nearest(text, url, place) {
  const isEdge = (sign) => !sign || /\s|[^\x00-\x7f]/.test(sign); // Japanese text continues without a space
  let best = -1;
  for (let at = text.indexOf(url); at >= 0; at = text.indexOf(url, at + 1)) {
    if (!isEdge(text[at - 1]) || !isEdge(text[at + url.length])) continue;
    if (best < 0 || Math.abs(at - place) < Math.abs(best - place)) best = at;
  }
  return best;
}
