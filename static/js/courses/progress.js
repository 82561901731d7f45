// A learner's progress without an account: chapters read, exercises done, the place where they stopped.

import { onEachPage } from "../pages.js";
import { canKeep, forget, recall, remember } from "./memory.js";

let words, page, course, chapter, version, links;

function element(name, facts, ...content) {
  const made = Object.assign(document.createElement(name), facts);
  made.append(...content);
  return made;
}

/** Mark each chapter in a list as read, or as changed since. */
function markLinks() {
  for (const link of links) {
    link.parentElement.querySelector(".read-mark")?.remove();
    const { read } = recall(course, link.dataset.chapter);
    if (!read) continue;
    const said = read === link.dataset.version ? words.isRead : words.changed;
    link.after(" ", element("span", { className: "read-mark", lang: document.documentElement.lang }, said));
  }
}

function showSum() {
  const list = document.querySelector(".chapter-list ol");
  const read = links.filter((link) => recall(course, link.dataset.chapter).read).length;
  if (!list || !read) return;
  const sum = words.progress.replace("{read}", read).replace("{all}", links.length);
  const button = element("button", { type: "button" }, words.forget);
  const line = element("p", { className: "learner" }, sum, " ", button, " ", element("small", {}, words.kept));
  button.addEventListener("click", () => {
    forget(course);
    line.remove();
    markLinks();
  });
  list.before(line);
}

function offerExercises() {
  for (const anchor of JSON.parse(page.querySelector("[data-exercises]")?.dataset.exercises ?? "[]")) {
    const heading = document.getElementById(anchor);
    if (!heading) continue;
    const box = element("input", { type: "checkbox", checked: recall(course, chapter).done.includes(anchor) });
    box.addEventListener("change", () => {
      const others = recall(course, chapter).done.filter((each) => each !== anchor);
      remember(course, chapter, { done: box.checked ? [...others, anchor] : others });
    });
    heading.after(element("label", { className: "exercise-done" }, box, ` ${words.done}`));
  }
}

function offerRead() {
  const isRead = () => recall(course, chapter).read === version;
  const box = element("input", { type: "checkbox", checked: isRead() });
  box.addEventListener("change", () => {
    remember(course, chapter, { read: box.checked ? version : undefined });
    markLinks();
  });
  page.querySelector(".text-foot").prepend(element("label", { className: "chapter-read" }, box, ` ${words.read}`));
}

/** Offer the place where the reader stopped, and keep where they are now. */
function followPlace(signal) {
  const headings = [...page.querySelectorAll(".chapter > :is(h2, h3)[id]")];
  const stopped = document.getElementById(recall(course, chapter).at ?? "");
  if (stopped && !location.hash && headings.indexOf(stopped) > 0) {
    const link = element("a", { href: `#${stopped.id}` }, stopped.textContent);
    page.querySelector(".page-head").append(element("p", { className: "learner" }, `${words.resume}: `, link));
  }
  const passed = new Set();
  const observer = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) passed[isIntersecting ? "add" : "delete"](target);
      const last = headings.findLast((heading) => passed.has(heading));
      if (last && scrollY > 0) remember(course, chapter, { at: last.id });
    },
    { rootMargin: "1000000px 0px -66% 0px" },
  );
  for (const heading of headings) observer.observe(heading);
  signal.addEventListener("abort", () => observer.disconnect());
}

onEachPage(({ signal }) => {
  page = document.querySelector("article[data-course]");
  if (!page || !canKeep) return;
  words = document.getElementById("lesson-words").dataset;
  ({ course, chapter, version } = page.dataset);
  links = [...document.querySelectorAll("a[data-chapter]")];
  markLinks();
  if (chapter) {
    offerExercises();
    offerRead();
    followPlace(signal);
  } else {
    showSum();
  }
});
