// What a page must hold, and which page answers best. The rules are those of the server, but without the texts.

const DIVIDED = /[\s,、;；]+/u;
const AROUND = /^[「『（(【〈《"“”]+|[」』）)】〉》"“”。、,;:!?！？・…]+$/gu;
const NUMBERED = /^(?:第|#|ep(?:isode)?\.?|えぴそど)?\s*(\d{1,4}(?:[.-]\d{1,2})?)\s*[回話]?$/u;
/** `Xとは何か` asks for X, and `arXiv: 1234.56789` for that number. */
const ASKED = /(?<=[^ぁ-ん])(?:(?:とは|って)(?:何|なに|なん)(?:か|だ|です|ですか)?|とは|って)$/u;
const KIND_OF_NUMBER = /^(?:doi|arxiv|isbn):?\s*(?=\d)/iu;
const LATIN = /[a-z0-9]/u;

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&");
const closedUp = (text) => text.replace(/[\s・-]/gu, "");

/** Return the terms of a query, each with a pattern for all its spellings. A minus in front leaves pages out. */
export function readTerms(typed, fold, same) {
  const groups = same.filter((group) => group.some((word) => closedUp(word) === closedUp(fold(typed))));
  if (groups.length) return [term(fold(typed), groups.flat())];
  return typed
    .replace(KIND_OF_NUMBER, "")
    .split(DIVIDED)
    .map((word) => [word.length > 1 && /^[-−－]/u.test(word), bare(word)])
    .filter(([, word]) => word)
    .map(([isWithout, word]) => ({ ...term(fold(word), synonyms(fold(word), same)), isWithout }));
}

const bare = (word) => word.replace(/^[-−－](?=.)/u, "").replace(AROUND, "").replace(ASKED, "");

const synonyms = (word, same) => same.filter((group) => group.some((each) => closedUp(each) === closedUp(word))).flat();

function term(text, others) {
  const patterns = [...new Set([text, ...others])].filter((word) => word === text || word.length > 1).map(spellings);
  return { text, pattern: new RegExp(patterns.join("|"), "u"), number: NUMBERED.exec(text)?.[1] };
}

/** Latin words begin where a word begins; a hyphen, a space or ・ inside a word makes no difference. */
function spellings(word) {
  const letters = [...closedUp(word)];
  const isLatin = (letter) => letter !== undefined && LATIN.test(letter);
  const parts = letters.map((letter, i) => {
    const before = letters[i - 1];
    if (i === 0) return (isLatin(letter) ? "(?<![a-z0-9])" : "") + escaped(letter);
    return (isLatin(letter) && isLatin(before) ? "[- ]?" : "[ ・]?") + escaped(letter);
  });
  return parts.join("") + (letters.every((letter) => /[0-9]/u.test(letter)) ? "(?![0-9])" : "");
}

/** Return the pages that hold every term, the best first; of those that are as good, the newest. */
export function rank(pages, terms, typed) {
  const ranked = [];
  for (const page of pages) {
    const value = valueOf(page, terms, typed);
    if (value) ranked.push([value, page]);
  }
  ranked.sort(([a, x], [b, y]) => x.leadsOn - y.leadsOn || a[0] - b[0] || a[1] - b[1] || !x.date - !y.date || compare(y.date, x.date));
  return ranked.map(([, page]) => page);
}

const compare = (a, b) => (a < b ? -1 : Number(a > b));

function valueOf(page, terms, typed) {
  const wanted = terms.filter((each) => !each.isWithout);
  if (terms.some((each) => each.isWithout && page.folded.some((line) => each.pattern.test(line)))) return null;
  if (wanted.length === 1 && wanted[0].number && page.address.endsWith(`/${wanted[0].number.replace(".", "-")}`)) return [0, 0];
  if (closedUp(page.folded[0]) === closedUp(typed)) return [0, 1];
  let worst = 1;
  let total = 0;
  for (const { pattern } of wanted) {
    const line = page.folded.findIndex((each) => pattern.test(each));
    if (line < 0) return null;
    const [found] = [pattern.exec(page.folded[line])];
    const begins = found.index === 0 || page.folded[line][found.index - 1] === "\t";
    const goesOn = LATIN.test(found[0].at(-1)) && LATIN.test(page.folded[line][found.index + found[0].length] ?? "");
    const place = line < 2 ? 2 * line + (begins ? 1 : 2) : 3 + line;
    worst = Math.max(worst, place);
    total += place + Number(goesOn);
  }
  return wanted.length ? [worst, total] : null;
}
