// A pass over the times that were rough or moved by the cut: each is played again from ten seconds before.

import { audio, playFrom } from "./audio_source.js";
import { fill } from "./news.js";
import { parseTime } from "../times.js";
import { isComposing } from "./typing.js";

const EARLIER = 10; // seconds

let end = null;

// `inputs` are the fields with a time, `confirm(input)` stamps the current time, `say` shows the progress.
export function goOver(inputs, { confirm, say, words }) {
  end?.();
  let index = -1;

  const next = () => {
    index += 1;
    const input = inputs[index];
    if (!input) {
      end();
      say(words.passDone);
      return;
    }
    input.focus();
    input.select();
    input.closest(".inline-related").scrollIntoView({ block: "nearest" });
    playFrom((parseTime(input.value) ?? 0) - EARLIER);
    say(fill(words.pass, { one: index + 1, all: inputs.length, time: input.value }));
  };
  const onKey = (event) => {
    if (isComposing(event) || event.target !== inputs[index]) return;
    if (event.key === "Escape") {
      end();
      say("");
    } else if (event.key === "Enter") {
      if (!event.shiftKey) confirm(inputs[index]);
      next();
    } else {
      return;
    }
    event.preventDefault(); // Enter would save the form
    event.stopPropagation();
  };
  document.addEventListener("keydown", onKey, true);
  end = () => {
    document.removeEventListener("keydown", onKey, true);
    audio.pause();
    end = null;
  };
  next();
}
