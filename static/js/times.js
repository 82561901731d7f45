// Parses and spells times as they are typed, full-width digits too, as `interaxion/text/times.py` does.

const TIME = /^\s*(\d{1,3}(?::[0-5]\d){1,2})\s*$/;

const halfWidth = (text) => text.replace(/[０-９：]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/** Return the seconds of "1:30", "62:03", "1:02:03"; null if the text is no time. */
export function parseTime(text) {
  const found = TIME.exec(halfWidth(text));
  return found ? found[1].split(":").reduce((seconds, part) => seconds * 60 + Number(part), 0) : null;
}

export function spellTime(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** How far something moved: "+0:12", "−1:30". */
export const spellShift = (seconds) => (seconds < 0 ? "−" : "+") + spellTime(Math.abs(seconds));
