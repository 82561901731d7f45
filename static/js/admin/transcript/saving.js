// *Save* sends the lines and stays on the page. Where two people changed the same lines, it asks whose stand.

import { desk, form, isSaved, settle as noteSaved, sign, typed } from "../form_state.js";
import { whenCalm } from "../typing.js";
import { settle } from "./history.js";

const said = document.getElementById("desk-said");
const keeping = document.getElementById("desk-keeping");
const words = desk.dataset;
const { loaded_version: base, working_copy: key, csrfmiddlewaretoken: token } = form.elements;
let isOnItsWay = false;

function tell(sentence, choices = []) {
  said.replaceChildren(sentence);
  for (const [name, follow] of choices) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
    button.addEventListener("click", () => save(follow));
    said.append(" ", button);
  }
}

async function save(follow = "") {
  if (isOnItsWay) return;
  isOnItsWay = true;
  settle();
  tell(words.saving);
  const signed = sign();
  try {
    const response = await fetch(words.save, {
      method: "POST",
      body: new URLSearchParams({ data: typed(), base: base.value, key: key.value, follow }),
      headers: { "X-CSRFToken": token.value },
      redirect: "manual", // to the login
    });
    if (response.type === "opaqueredirect") return tell(words.loggedOut);
    take(await response.json(), response.status, signed);
  } catch {
    tell(words.offline);
  } finally {
    isOnItsWay = false;
  }
}

function take({ version, key: next, savedAt, isMerged, error }, status, signed) {
  if (status === 409) return tell(error, [[words.mine, "mine"], [words.theirs, "theirs"]]);
  if (!version) return tell(error ?? words.loggedOut);
  const isTypedOn = sign() !== signed;
  base.value = version;
  if (isTypedOn) return tell(words.notSaved); // the next save goes on from this one
  key.value = keeping.dataset.key = next;
  noteSaved();
  tell(savedAt);
  if (isMerged) location.assign(keeping.dataset.place); // the lines of somebody else came in
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  whenCalm(() => save());
});
form.addEventListener("input", ({ isTrusted }) => (isTrusted || !isSaved()) && said.textContent !== words.notSaved && tell(words.notSaved));
document.addEventListener("keydown", (event) => {
  if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  event.preventDefault();
  whenCalm(() => save());
});
