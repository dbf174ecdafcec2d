// The search itself: a field, Pagefind's index, and a list of roles with the task that matches.
const SHOWN = 8;
const link = document.querySelector("[data-search]");
const dialog = document.querySelector("dialog.search");
let index;

/** Open the search in its dialog, whose styles only those load who search. */
export async function open() {
  await styles();
  connect(dialog.querySelector("form"));
  dialog.showModal();
  dialog.querySelector("input").select();
}

/** Make a search form show results below itself while somebody types. */
export function connect(form) {
  if (form.dataset.ready) return;
  form.dataset.ready = "yes";
  const input = form.querySelector("input");
  const told = element("p", "told");
  const list = element("ol", "found");
  told.setAttribute("role", "status");
  form.append(told, list);
  const update = () => search(input, told, list).catch(() => { told.textContent = "The search cannot be loaded. Enter leads to the table of all roles."; });
  input.addEventListener("input", update);
  form.addEventListener("keydown", (event) => move(event, [input, ...list.querySelectorAll("a")]));
  form.addEventListener("submit", (event) => {
    const first = list.querySelector("a");
    if (!first) return;
    event.preventDefault();
    location.assign(first.href);
  });
  if (input.value) update();
}

function styles() {
  if (document.querySelector("#find-styles")) return;
  const sheet = document.createElement("link");
  sheet.id = "find-styles";
  sheet.rel = "stylesheet";
  sheet.href = link.dataset.styles;
  return new Promise((loaded, failed) => {
    sheet.addEventListener("load", loaded);
    sheet.addEventListener("error", failed);
    document.head.append(sheet);
  });
}

function load() {
  index ??= import(link.dataset.index).then(async (pagefind) => {
    await pagefind.options({ excerptLength: 14 });
    await pagefind.init();
    return pagefind;
  });
  return index;
}

async function search(input, told, list) {
  const query = input.value.trim();
  const pagefind = await load();
  const found = query ? await pagefind.debouncedSearch(query, {}, 80) : { results: [] };
  if (!found) return; // more was typed in the meantime
  const pages = await Promise.all(found.results.slice(0, SHOWN).map((result) => result.data()));
  if (query !== input.value.trim()) return;
  list.replaceChildren(...pages.map((page) => row(page, query.toLowerCase())));
  const count = found.results.length;
  told.textContent = !query ? "" : count === 1 ? "1 role" : `${count} roles${count > SHOWN ? `, the best ${SHOWN} here` : ""}`;
}

function row(page, query) {
  const item = element("li");
  const to = element("a", `band-${page.meta.band}`);
  const task = best(page);
  const titled = page.meta.title.toLowerCase().includes(query);
  to.href = task && !titled ? task.url : page.url;
  to.append(element("b", "", page.meta.title));
  if (page.meta.score) to.append(element("span", "points", `${page.meta.score}/100`));
  const why = element("small");
  if (task) why.append("Task: ", element("mark", "", task.title.replace(/^\d+\s*/, "")));
  else why.append(...marked(page.excerpt));
  to.append(why);
  item.append(to);
  return item;
}

/** The task with the best match, if the words are in one. */
function best(page) {
  const weight = (part) => part.weighted_locations.reduce((sum, at) => sum + at.balanced_score, 0);
  const tasks = page.sub_results.filter((part) => /^t\d+$/.test(part.anchor?.id ?? ""));
  return tasks.sort((a, b) => weight(b) - weight(a))[0];
}

/** An excerpt's text and <mark>s as nodes; Pagefind has escaped all else. */
function marked(excerpt) {
  return new DOMParser().parseFromString(excerpt, "text/html").body.childNodes;
}

function move(event, stops) {
  if (event.key === "Escape" && dialog.open) {
    event.preventDefault(); // which would only clear the field
    dialog.close();
    event.target.blur(); // or the hidden field keeps the keyboard until the next frame
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = stops.indexOf(document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  stops[(at + step + stops.length) % stops.length].focus();
}

function element(name, classes = "", text = "") {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  made.textContent = text;
  return made;
}
