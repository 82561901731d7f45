// Pictures and other files, dropped, pasted or chosen: the alternative text is query for before the upload.

import { typeBlock } from "./lines.js";
import { post, tell, words } from "./news.js";
import { ask } from "./panel.js";
import { spellLink } from "./titles.js";
import { whenCalm } from "./typing.js";

export async function takeFiles(editor, files) {
  for (const file of files) await takeFile(editor, file);
}

async function takeFile(editor, file, values = {}) {
  const isPicture = file.type.startsWith("image/");
  const shown = isPicture ? URL.createObjectURL(file) : "";
  const answer = await describe(editor, { isPicture, url: shown, name: file.name, ...values });
  URL.revokeObjectURL(shown);
  if (!answer) return;
  tell(editor, words.uploading);
  const { image_code: code, error } = await post(words.uploadUrl, [
    ["image", file], ["words", answer.words], ...(answer.decorative ? [["decorative", "1"]] : []),
  ]);
  tell(editor, error ?? "");
  if (code) whenCalm(() => typeBlock(editor, code));
}

function describe(editor, { isPicture, url, name, words: known }) {
  const values = { words: known ?? (isPicture ? "" : name) };
  return ask(editor, isPicture ? "editing-picture" : "editing-attachment", values, (panel) => {
    const picture = panel.querySelector("img");
    if (picture) picture.src = url;
  });
}

// Choose a file that was uploaded before, or one from this device.
export async function chooseFile(editor) {
  const chosen = await ask(editor, "editing-picker", {}, (panel, answer) => {
    const query = panel.querySelector("[data-name=asked]");
    const list = panel.querySelector("ul");
    panel.querySelector("input[type=file]").addEventListener("change", (event) => answer({ files: [...event.target.files] }));
    let timer = null;
    query.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => showFiles(list, query.value, answer), 250);
    });
    showFiles(list, "", answer);
  });
  if (chosen?.files) takeFiles(editor, chosen.files);
  if (chosen?.file) {
    const { is_picture: isPicture, url, name, alt } = chosen.file;
    const answer = await describe(editor, { isPicture, url, name, words: isPicture ? alt : name });
    if (!answer) return;
    const text = answer.words.replace(/[\\[\]]/g, "\\$&");
    typeBlock(editor, !isPicture ? spellLink(text, url) : answer.decorative ? `![](${url} "decorative")` : `!${spellLink(text, url)}`);
  }
}

async function showFiles(list, query, answer) {
  let files = [];
  try {
    files = (await (await fetch(`${words.filesUrl}?q=${encodeURIComponent(query)}`)).json()).files;
  } catch {
    list.replaceChildren(words.offline);
    return;
  }
  list.replaceChildren(...files.map((file) => {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    if (file.is_picture) button.append(Object.assign(new Image(), { src: file.url, alt: "", loading: "lazy" }));
    button.append(Object.assign(document.createElement("span"), { textContent: file.alt || file.name }));
    button.addEventListener("click", () => answer({ file }));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
  if (!files.length) list.replaceChildren(words.noFiles);
}
