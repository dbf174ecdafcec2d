// Two or three roles side by side, from their index.json; which ones is the URL's query.
const form = document.querySelector(".filters");
const place = document.querySelector("#comparison");
const told = form.querySelector("[role=status]");
const fields = ["a", "b", "c"].map((name) => form.elements[name]);
const known = new Map();
let latest = 0;

/** A role's data; each is fetched once. */
function fetched(slug) {
  if (!known.has(slug)) {
    known.set(slug, fetch(`${form.dataset.roles}${slug}/index.json`).then((answer) => {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }));
  }
  return known.get(slug);
}

async function show() {
  const turn = ++latest;
  const slugs = [...new Set(fields.map((field) => field.value).filter(Boolean))];
  try {
    const roles = await Promise.all(slugs.map(fetched));
    if (turn !== latest) return;
    place.replaceChildren(...(roles.length ? [chart(roles), columns(roles)] : []));
    told.textContent = roles.length < 2 ? "Choose two roles." : roles.map((role) => `${role.title} ${role.score.value}`).join(", ");
  } catch {
    known.clear();
    if (turn === latest) told.textContent = "A role could not be loaded. Try again.";
  }
}

/** All scores with their ranges on one scale. */
function chart(roles) {
  const list = make("ul", { class: "scores" });
  for (const { title, score } of roles) {
    const drawn = svg("svg", { class: "strip", width: "100%", height: 16, "aria-hidden": "true" },
      svg("line", { x2: "100%", y1: 8, y2: 8 }),
      svg("line", { class: "reach", x1: `${score.low}%`, x2: `${score.high}%`, y1: 8, y2: 8 }),
      svg("circle", { cx: `${score.value}%`, cy: 8, r: 7 }));
    const words = make("span", { class: "range" }, `range ${score.low}–${score.high}, ${score.confidence} confidence`);
    list.append(make("li", { class: `band-${score.band}` }, make("b", {}, title), make("span", { class: "points" }, String(score.value)), drawn, words));
  }
  return list;
}

function columns(roles) {
  return make("div", { class: "columns" }, ...roles.map((role) => make("section", {},
    make("h2", {}, make("a", { href: new URL(role.url).pathname }, role.title)),
    make("p", {}, role.summary),
    make("h3", {}, "Tasks at risk"), tasks(role.at_risk),
    make("h3", {}, "What AI can't replace"), tasks(role.durable),
    make("h3", {}, "AI tools in use"),
    make("ul", {}, ...role.tools.map(({ tool, url }) => make("li", {}, make("a", { href: new URL(url).pathname }, tool)))))));
}

function tasks(some) {
  const span = ([low, high]) => (low === high ? `${low}` : `${low}–${high}`);
  return make("ul", { class: "exposed" }, ...some.map(({ task, share, exposure }) =>
    make("li", {}, make("span", {}, task), make("b", {}, span(exposure)), make("small", {}, `${share}% of the week`))));
}

function make(name, attributes = {}, ...content) {
  return filled(document.createElement(name), attributes, content);
}

function svg(name, attributes, ...content) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, content);
}

function filled(element, attributes, content) {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
}

function restore() {
  const state = new URLSearchParams(location.search);
  for (const field of fields) {
    field.value = state.get(field.name) ?? "";
    if (field.selectedIndex === -1) field.value = "";
  }
  show();
}

for (const field of fields.slice(1)) field.append(...[...fields[0].options].map((option) => option.cloneNode(true)));
form.addEventListener("change", () => {
  const state = new URLSearchParams(fields.filter((field) => field.value).map((field) => [field.name, field.value]));
  history.pushState(null, "", state.size ? `?${state}` : location.pathname);
  show();
});
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("popstate", restore);
form.hidden = false;
restore();
