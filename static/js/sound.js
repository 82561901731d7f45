// Sound that goes on from page to page. Without this module an episode plays on its own page, and a link stops it.

import { onEachPage } from "./pages.js";
import { hold } from "./dock/dock.js";
import { offerInLists } from "./dock/lists.js";
import { soundUnderWay } from "./sound/sound.js";
import "./visits/visits.js";

onEachPage(({ signal }) => {
  signal.addEventListener("abort", () => {
    const sound = soundUnderWay();
    if (sound) hold(sound);
  });
  offerInLists(document.querySelector("main"), signal);
});
