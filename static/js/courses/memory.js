// What this browser remembers of a learner (localStorage); none of it is sent. If forbidden, nothing is kept.
// {course path: {chapter path: {read: version, at: anchor, done: [anchors]}}}

const NAME = "interaxion.courses";

function all() {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME) ?? "{}");
    return kept && typeof kept === "object" && !Array.isArray(kept) ? kept : {};
  } catch {
    return {};
  }
}

function write(kept) {
  try {
    localStorage.setItem(NAME, JSON.stringify(kept));
    return true;
  } catch {
    return false; // forbidden or full: reading goes on
  }
}

/** Whether anything can be kept here at all. */
export const canKeep = write(all());

export const recall = (course, chapter) => ({ done: [], ...all()[course]?.[chapter] });

export function remember(course, chapter, facts) {
  const kept = all();
  kept[course] = { ...kept[course], [chapter]: { ...kept[course]?.[chapter], ...facts } };
  write(kept);
}

export function forget(course) {
  const kept = all();
  delete kept[course];
  write(kept);
}
