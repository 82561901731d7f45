// A status line under a textarea: the text itself is never used for messages.

// The texts and addresses for the scripts of this page, in the language of the interface.
export const words = document.getElementById("editing")?.dataset ?? {};

export function tell(editor, sentence, links = []) {
  let news = editor.parentElement.querySelector(":scope > .editor-news");
  if (!news) {
    news = document.createElement("p");
    news.className = "editor-news";
    news.setAttribute("role", "status");
    editor.after(news);
  }
  news.textContent = "";
  add(news, sentence, links);
}

// Say something more behind what `tell` said, with a button that can be pressed once.
export function tellMore(editor, sentence, links, { words: name, act }) {
  const news = editor.parentElement.querySelector(":scope > .editor-news");
  if (news.textContent) news.append(" ");
  add(news, sentence, links);
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
  button.addEventListener("click", act, { once: true });
  news.append(" ", button);
}

function add(news, sentence, links) {
  news.append(sentence);
  links.forEach(({ words: name, url }, index) => {
    const link = Object.assign(document.createElement("a"), { href: url, textContent: name, target: "_blank", rel: "noopener" });
    news.append(index ? ", " : " ", link);
  });
}

// Fill in the values: `{one} of {all}`.
export const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

// What an answer means that the site has not written itself, or not to the end. Undefined for most statuses.
export const saidBy = (status) => words[`status-${status === 504 ? 502 : status}`];

export async function post(url, fields) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  let response;
  try {
    response = await fetch(url, { method: "POST", body });
    return await response.json();
  } catch {
    return { error: saidBy(response?.status) ?? words.offline };
  }
}
