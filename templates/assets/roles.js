// Sorts and filters the table of all roles; its state is the URL's query.
const form = document.querySelector(".filters");
const table = document.querySelector(".all");
const body = table.tBodies[0];
const told = form.querySelector("[role=status]");
const heads = [...table.querySelectorAll("th[data-sort]")];
const pager = document.querySelector(".pager");
let rows = [...body.rows].map(read);
const tiles = [...document.querySelectorAll(".treemap a")];
let sort = "";

function read(row) {
  const [title, category, score, , jobs] = row.cells;
  const name = title.querySelector("a").textContent;
  return {
    row,
    title: name,
    category: category.textContent,
    score: Number(score.textContent),
    jobs: Number(jobs.textContent.replace(/\D/g, "")),
    band: row.className,
    text: `${name} ${row.dataset.also}`.toLowerCase(),
    url: title.querySelector("a").getAttribute("href"),
  };
}

function show() {
  const { q, category, band } = form.elements;
  const words = q.value.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = rows.filter((one) =>
    (!category.value || one.category === category.value) &&
    (!band.value || one.band === `band-${band.value}`) &&
    words.every((word) => one.text.includes(word)));
  body.replaceChildren(...sorted(shown).map((one) => one.row));
  const urls = new Set(shown.map((one) => one.url));
  for (const tile of tiles) tile.classList.toggle("off", !urls.has(tile.getAttribute("href")));
  told.textContent = `${shown.length} of ${rows.length} roles${pager && !pager.hidden ? " on this page" : ""}`;
  for (const head of heads) head.setAttribute("aria-sort", direction(head.dataset.sort));
}

// A list of several pages is filtered and sorted whole: its first use fetches the rows of the others.
async function whole() {
  if (!pager || pager.hidden) return;
  pager.hidden = true;
  try {
    rows = (await Promise.all([...pager.querySelectorAll("li")].map(rowsOf))).flat();
  } catch {
    pager.hidden = false;
  }
  const { category } = form.elements;
  const known = new Set([...category.options].map((option) => option.value));
  const names = new Set(rows.map((one) => one.category).filter((name) => !known.has(name)));
  category.append(...[...names].sort().map((name) => new Option(name, name)));
}

async function rowsOf(item) {
  const link = item.querySelector("a");
  if (!link) return rows;
  const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
  return [...page.querySelectorAll(".all tbody tr")].map((row) => read(document.adoptNode(row)));
}

async function changed() {
  await whole();
  show();
  keep();
}

function sorted(some) {
  const key = sort.replace("-", "");
  if (!key) return some;
  const sign = sort.startsWith("-") ? -1 : 1;
  return [...some].sort((a, b) => sign * (key === "title" || key === "category" ? a[key].localeCompare(b[key]) : a[key] - b[key]));
}

function direction(key) {
  return sort === key ? "ascending" : sort === `-${key}` ? "descending" : "none";
}

function keep() {
  const state = new URLSearchParams();
  for (const { name, value } of form.querySelectorAll("[name]")) if (value) state.set(name, value);
  if (sort) state.set("sort", sort);
  history.replaceState(null, "", state.size ? `?${state}` : location.pathname);
}

async function restore() {
  const state = new URLSearchParams(location.search);
  if (state.size) await whole();
  for (const field of form.querySelectorAll("[name]")) {
    field.value = state.get(field.name) ?? "";
    if (field.selectedIndex === -1) field.value = "";
  }
  const asked = state.get("sort") ?? "";
  sort = heads.some((head) => asked.replace("-", "") === head.dataset.sort) ? asked : "";
  show();
}

for (const head of heads) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const key = head.dataset.sort;
    const upFirst = key === "title" || key === "category";
    const [first, second] = upFirst ? [key, `-${key}`] : [`-${key}`, key];
    sort = sort === first ? second : first;
    changed();
  });
}
form.addEventListener("input", changed);
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("popstate", restore);
form.hidden = false;
restore();
