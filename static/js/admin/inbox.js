// A collected link is sent to a draft by choosing one, or dragged into a text that is open in another window.

document.addEventListener("change", ({ target }) => {
  if (target.matches("select[data-collected]") && target.value) location.assign(target.value);
});
document.addEventListener("dragstart", ({ target, dataTransfer }) => {
  const link = target.closest?.("[data-markdown]");
  if (link) dataTransfer.setData("text/plain", link.dataset.markdown);
});
