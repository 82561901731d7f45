// What the toolbar types. Pure functions from a text and its selection to an edit: { start, end, text, from, to }
// replaces text[start, end) and then selects [from, to) of the new text; null if there is nothing to do.

const ITEM = /^(\s*)(?:[-*+]|\d{1,9}[.)])\s+/;
const QUOTED = /^\s*>\s?/;
const HEADING = /^ {0,3}(#{1,6})\s+/;

// What a line begins with before its words.
const lead = (line) => (ITEM.exec(line) ?? QUOTED.exec(line) ?? HEADING.exec(line) ?? /^\s*/.exec(line))[0];

// Leave spaces and line ends at both ends of a selection alone, and the beginning of its line: `** words **` would be no
// emphasis, and `**- words**` no item.
function trimmed(text, start, end) {
  const words = text.slice(start, end);
  if (!words.trim()) return [start, start];
  const to = start + words.trimEnd().length;
  const isWholeLine = !start || text[start - 1] === "\n";
  const from = start + (isWholeLine ? lead(words) : /^\s*/.exec(words)[0]).length;
  return from < to ? [from, to] : [to, to];
}

// How many of the sign stand at the beginning, and at the end.
function run(text, sign) {
  let length = 0;
  while (text[length] === sign) length += 1;
  return length;
}
function runBack(text, sign) {
  let length = 0;
  while (length < text.length && text[text.length - 1 - length] === sign) length += 1;
  return length;
}

// Whether a run of this many signs holds the mark: `***` is both bold and italic.
const holds = (length, mark) => (mark === "**" ? length >= 2 : mark === "*" ? length === 1 || length === 3 : length >= 1);

// Put the selection between two marks, or take them away. A selection of several lines has each of them marked.
export function surround(text, start, end, mark) {
  if (text.slice(start, end).trim().includes("\n")) return surroundLines(text.slice(start, end), start, end, mark);
  const [from, to] = trimmed(text, start, end);
  const chosen = text.slice(from, to);
  const around = Math.min(runBack(text.slice(0, from), mark[0]), run(text.slice(to), mark[0]));
  if (holds(around, mark)) {
    const size = mark.length;
    return { start: from - size, end: to + size, text: chosen, from: from - size, to: to - size };
  }
  const inside = Math.min(run(chosen, mark[0]), runBack(chosen, mark[0]));
  if (chosen.length > 2 * inside && holds(inside, mark)) {
    const bare = chosen.slice(mark.length, -mark.length);
    return { start: from, end: to, text: bare, from, to: from + bare.length };
  }
  const inner = from + mark.length;
  return { start: from, end: to, text: mark + chosen + mark, from: inner, to: inner + chosen.length };
}

function surroundLines(chosen, from, to, mark) {
  const marked = chosen.split("\n").map((line) => {
    const words = line.slice(lead(line).length).trimEnd();
    return words ? lead(line) + mark + words + mark : line;
  });
  const text = marked.join("\n");
  return { start: from, end: to, text, from, to: from + text.length };
}

function eachLine(text, start, end, change) {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
  const stop = text.indexOf("\n", last);
  const to = stop < 0 ? text.length : stop;
  const changed = change(text.slice(from, to).split("\n")).join("\n");
  const caret = from + changed.length;
  return { start: from, end: to, text: changed, from: start === end ? caret : from, to: caret };
}

// Spell every line with words in this form, or take it away where all of them have it.
function toggleLines(text, start, end, pattern, spelled) {
  return eachLine(text, start, end, (lines) => {
    const isEmpty = lines.length === 1 && !lines[0].trim();
    const all = !isEmpty && lines.every((line) => !line.trim() || pattern.test(line));
    return lines.map((line) => {
      if (!line.trim() && !isEmpty) return line;
      return all ? line.replace(pattern, "$1") : pattern.test(line) ? line : spelled(line);
    });
  });
}

export const list = (text, start, end) =>
  toggleLines(text, start, end, ITEM, (line) => line.replace(/^(\s*)(?:#{1,6}\s+)?/, "$1- "));

// Blank lines between quoted ones are quoted, too: it is one quotation.
export function quote(text, start, end) {
  return eachLine(text, start, end, (lines) => {
    const all = lines.every((line) => QUOTED.test(line));
    if (all) return lines.map((line) => line.replace(QUOTED, ""));
    return lines.map((line) => (line.trim() || lines.length === 1 ? `> ${line}` : ">"));
  });
}

// A line becomes a heading, one of the next smaller level, and a plain line again.
export function heading(text, start, end) {
  return eachLine(text, start, end, (lines) =>
    lines.map((line, index) => {
      if (index || (!line.trim() && lines.length > 1)) return line;
      const level = HEADING.exec(line)?.[1].length ?? 0;
      const words = line.replace(HEADING, "").replace(ITEM, "");
      return level === 0 ? `### ${words}` : level < 4 ? `#### ${words}` : words;
    }),
  );
}

// A table of the selected rows, if they are divided by tabs; else an empty one of two columns.
export function table(chosen, column) {
  const lines = chosen.split("\n").filter((line) => line.trim());
  const isTable = lines.length > 0 && lines.every((line) => line.includes("\t"));
  const split = (line) => line.split("\t").map((cell) => cell.trim().replaceAll("|", "\\|"));
  const cells = isTable ? lines.map(split) : [[`${column} 1`, `${column} 2`], ["", ""]];
  const width = Math.max(...cells.map((row) => row.length));
  const row = (texts) => `| ${Array.from({ length: width }, (_none, at) => texts[at] ?? "").join(" | ")} |`;
  return [row(cells[0]), row(Array(width).fill("---")), ...cells.slice(1).map(row)].join("\n");
}

// A note of the next free number. Its text stands at the end of the section that the caret is in.
export function footnote(text, caret, everything) {
  const used = [...everything.matchAll(/\[\^(\d+)\]/g)].map(([, number]) => Number(number));
  const mark = `[^${Math.max(0, ...used) + 1}]`;
  const next = /\n+#{1,6}\s/.exec(text.slice(caret));
  const end = next ? caret + next.index : text.length;
  const body = text.slice(caret, end).trimEnd();
  const isAfterNote = /(^|\n)\[\^\d+\]:[^\n]*$/.test(body);
  const typed = `${mark}${body}${isAfterNote ? "\n" : "\n\n"}${mark}: `;
  const place = caret + typed.length;
  return { start: caret, end, text: typed, from: place, to: place };
}
