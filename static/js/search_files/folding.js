// The folding of search, by the table that the server writes into the file of words.

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&");

/** Return the function that folds a text: spellings that count as the same become the same. */
export function folding(table, dropped) {
  const entries = Object.keys(table).sort((a, b) => b.length - a.length);
  const changed = new RegExp(entries.map(escaped).join("|"), "gu");
  const left = new RegExp(dropped, "gu");
  return (text) => text.normalize("NFKC").toLowerCase().replace(changed, (found) => table[found]).replace(left, "");
}
