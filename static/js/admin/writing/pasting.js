// Text pasted from a web page or a word processor becomes Markdown, and a pasted tweet or player its short form.

import { post, tell, words } from "../news.js";
import { replace, type, whenCalm } from "../typing.js";

// What a plain text would lose. Code editors copy their colours as HTML, without any of these.
const HAS_FORM = /<(a\s[^>]*href|b|strong|i|em|h[1-6]|ul|ol|table|blockquote|pre|img|s|del|sub|sup)\b/i;
const IS_EMBED = /^\s*(<blockquote\s[^>]*class=["'][^"']*(twitter-tweet|bluesky-embed|instagram-media|mastodon)|<iframe\s)[\s\S]*>\s*$/i;

// Type the plain text at once, and its Markdown in its place when the server has answered. Return whether it was taken.
export function pasteFormatted(editor, data) {
  const text = data.getData("text/plain").replace(/\r\n?/g, "\n");
  const html = IS_EMBED.test(text) ? text : data.getData("text/html");
  if (!html || (html !== text && !HAS_FORM.test(html))) return false;
  if (text) type(text);
  convert(editor, { html, text, end: editor.selectionEnd });
  return true;
}

async function convert(editor, { html, text, end }) {
  const isInSection = Boolean(editor.closest("#sections-group")); // there a heading would begin another section
  tell(editor, words.converting);
  const { markdown, error, errors } = await post(words.pasteUrl, [["html", html], ...(isInSection ? [["in_section", "1"]] : [])]);
  tell(editor, error ?? errors?.[0] ?? "");
  if (!markdown || markdown === text) return;
  whenCalm(() => {
    const start = nearest(editor.value, text, end - text.length);
    if (start >= 0) replace(editor, start, start + text.length, markdown); // else somebody wrote in it meanwhile
  });
}

// Return the index of the pasted text, closest to where it was put; -1 if it is no longer as it was.
function nearest(value, text, place) {
  const [before, behind] = [value.lastIndexOf(text, place), value.indexOf(text, place)];
  if (before < 0 || behind < 0) return Math.max(before, behind);
  return place - before <= behind - place ? before : behind;
}
