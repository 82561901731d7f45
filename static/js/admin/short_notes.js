// The short notes beside the form: fetched after it, so that it opens no later for them.

const panel = document.getElementById("short-notes");
const place = panel?.querySelector("div");

async function show(profile = "spotify") {
  const response = await fetch(`${panel.dataset.url}?profile=${profile}`);
  if (response.ok && !response.redirected) place.innerHTML = await response.text();
}

async function copy(button) {
  const text = document.getElementById("short-notes-text");
  const plain = new Blob([text.value], { type: "text/plain" });
  const markup = new Blob([text.value], { type: "text/html" });
  try {
    // Where text with links is pasted they are links; where plain text is, it is the markup.
    const kinds = { "text/plain": plain, ...(button.dataset.markup === "html" ? { "text/html": markup } : {}) };
    await navigator.clipboard.write([new ClipboardItem(kinds)]);
  } catch {
    text.closest("details").open = true;
    text.select();
    document.execCommand("copy");
  }
  const body = new FormData();
  body.append("profile", document.getElementById("short-notes-for").value);
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  const response = await fetch(panel.dataset.url, { method: "POST", body });
  if (response.ok && !response.redirected) place.innerHTML = await response.text();
  place.querySelector("[data-do=copy]").focus();
}

if (panel) {
  show();
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do=copy]");
    if (button) copy(button);
  });
  // What is chosen here is no change of the form around.
  for (const name of ["input", "change"]) panel.addEventListener(name, (event) => event.stopPropagation());
  panel.addEventListener("change", (event) => show(event.target.value));
}
