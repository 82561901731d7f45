// Times in the addresses of an episode: #t-90, #said-90, ?t=90, ?t=1m30s, ?t=1:30.

import { parseTime } from "../times.js";

const UNITS = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/;

/** Return the seconds that an address names; null if it names no time. */
export function momentOf(url) {
  const text = /^#(?:t|said)-(\d+)/.exec(url.hash)?.[1] ?? url.searchParams.get("t");
  const units = text && UNITS.exec(text);
  if (!units) return text ? parseTime(text) : null;
  const [hours, minutes, seconds] = units.slice(1).map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + seconds;
}

/** Return the absolute address of this second on a page of this site. */
export const addressOf = (page, seconds) => new URL(`${page}?t=${Math.floor(seconds)}`, location.origin).href;
