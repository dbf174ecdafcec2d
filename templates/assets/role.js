// A role's page: the reader's own week, kept in the URL's fragment, and sharing. Nothing leaves the browser.

const half = (sum, parts) => Math.floor((2 * sum + parts) / (2 * parts));

/** Score and range of tasks {share, low, high}: the same whole numbers as the build's; null without shares. */
export function score(tasks) {
  const total = (value) => tasks.reduce((sum, task) => sum + task.share * value(task), 0);
  const parts = 2 * total(() => 1);
  if (!parts) return null;
  return {
    value: half(total((t) => t.low + t.high), parts),
    low: half(total((t) => 2 * t.low), parts),
    high: half(total((t) => 2 * t.high), parts),
  };
}

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const copy = (button, text) =>
  navigator.clipboard.writeText(text).then(() => {
    const label = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = label), 2000);
  });

function ownWeek(table, place) {
  const given = /^#week=([\d.]+)$/.exec(location.hash);
  const values = given && given[1].split(".").map(Number);
  if (values && values.length === table.tBodies[0].rows.length) return openWeek(table, place, values);
  const start = make("button", { type: "button", textContent: "Make it your own week" });
  start.addEventListener("click", () => openWeek(table, place).focus());
  place.replaceChildren(make("p", {}, start), make("p", { className: "facts", textContent: "Change the shares, switch off what you don't do, and see your own score. Nothing leaves your browser." }));
}

/** Put fields into the table; what it says is read now, not before. The first field. */
function openWeek(table, place, given) {
  const rows = [...table.tBodies[0].rows];
  const shares = rows.map((row) => parseInt(row.cells[1].textContent, 10));
  const bands = place.dataset.bands.split("|").map((text) => [parseInt(text, 10), text.replace(/^\d+ /, "")]);
  const columns = [...document.querySelectorAll(".week svg svg g")];
  const numbers = [...document.querySelectorAll(".week > svg > text")];
  const output = make("output", { ariaLive: "polite" });
  const note = make("p", {});
  const values = given ?? shares;

  const tasks = () =>
    rows.map((row, i) => ({ share: Math.max(0, Math.min(100, Math.round(inputs[i].value) || 0)), low: +row.dataset.low, high: +row.dataset.high }));

  function draw(list) {
    const total = list.reduce((sum, task) => sum + task.share, 0) || 1;
    let x = 0;
    list.forEach((task, i) => {
      const width = (100 * task.share) / total;
      for (const rect of columns[i].children) {
        rect.setAttribute("x", `${x}%`);
        if (!rect.matches(".gap")) rect.setAttribute("width", `${width}%`);
      }
      numbers[i].setAttribute("x", `${x + width / 2}%`);
      numbers[i].textContent = task.share ? i + 1 : "";
      x += width;
    });
  }

  function update(keep) {
    const list = tasks();
    const own = score(list);
    list.forEach((task, i) => (rows[i].cells[3].textContent = (task.share * (task.low + task.high)).toLocaleString("en-US")));
    const sum = list.reduce((total, task) => total + task.share, 0);
    const points = list.reduce((total, task) => total + task.share * (task.low + task.high), 0);
    const foot = table.tFoot.rows[0].cells;
    foot[1].textContent = `${sum}%`;
    foot[3].textContent = points.toLocaleString("en-US");
    draw(list);
    document.querySelector(".week .mean").setAttribute("y", `${100 - (own ? own.value : 0)}%`);
    const band = own && bands.filter(([from]) => own.value >= from).pop()[1];
    output.textContent = own ? `Your week: ${own.value}/100` : "Your week has no tasks";
    note.textContent = own
      ? `${band}, range ${own.low}–${own.high}. ${sum > 100 ? `Your shares add up to ${sum}%: we count them by their proportions.` : `Your shares add up to ${sum}% of the week.`}`
      : "Give at least one task a share.";
    if (keep) history.replaceState(null, "", `#week=${list.map((task) => task.share).join(".")}`);
  }

  const inputs = rows.map((row, i) => {
    const name = row.cells[0].textContent;
    const input = make("input", { type: "number", min: 0, max: 100, step: 1, value: values[i], ariaLabel: `Share of the week in percent: ${name}` });
    const box = make("input", { type: "checkbox", checked: values[i] > 0, ariaLabel: `I do this: ${name}` });
    input.addEventListener("input", () => { box.checked = +input.value > 0; update(true); });
    box.addEventListener("change", () => { input.value = box.checked ? shares[i] : 0; update(true); });
    row.cells[1].replaceChildren(box, " ", input, " %");
    return input;
  });
  const reset = make("button", { type: "button", textContent: "Back to the listed week" });
  reset.addEventListener("click", () => { history.replaceState(null, "", location.pathname + location.search); location.reload(); });
  const link = make("button", { type: "button", textContent: "Copy the link to this week" });
  link.addEventListener("click", () => copy(link, location.href));
  place.className = "own";
  place.replaceChildren(output, note, make("p", {}, link, " ", reset));
  update(false);
  return inputs[0];
}

function sharing(place) {
  const address = () => document.querySelector("link[rel=canonical]")?.href ?? location.href;
  const button = make("button", { type: "button", textContent: "Copy link" });
  button.addEventListener("click", () => copy(button, address()));
  place.prepend(button, " ");
  if (!navigator.share) return;
  const share = make("button", { type: "button", textContent: "Share" });
  share.addEventListener("click", () => navigator.share({ title: document.title, url: address() }).catch(() => {}));
  place.prepend(share, " ");
}

const table = document.getElementById("sum");
if (table) ownWeek(table, document.getElementById("own-week"));
const share = document.getElementById("share");
if (share) sharing(share);
