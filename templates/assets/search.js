// Waits on every page for the first use of the search, and only then loads it.
const link = document.querySelector("[data-search]");
const field = document.querySelector("[data-find]");
const finder = () => import(link.dataset.search);
const open = () => finder().then((module) => module.open()).catch(() => location.assign(link.href));

field?.addEventListener("focusin", () => finder().then((module) => module.connect(field)), { once: true });
link.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, dialog");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  event.preventDefault();
  if (field) field.querySelector("input").focus();
  else open();
});
