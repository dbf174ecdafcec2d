// A page that is looked at follows each save in place: what changed is changed, and no more of it is parsed,
// styled and laid out again. What scripts may know is not changed behind their backs: then the page is loaded anew.
window.LiveReloadPluginInPlace = (() => {
  const ACTIVE = "script:not([type='application/ld+json']), link, form, button, input, select, textarea, dialog, iframe, object";
  const own = document.querySelector("script[data-page]");
  const digest = own.dataset.page;
  let known; // the page as it was served
  let turn = Promise.resolve();

  /** What the server has for this address, and the digest that it gave it. */
  async function served() {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const script = page.querySelector("script[data-page]");
    script.remove();
    return { root: page.documentElement, digest: script.dataset.page };
  }

  async function begin() {
    known = await served();
    document.querySelector("script[src^='/livereload.js']").remove();
    own.remove();
    if (known.digest !== digest) location.reload(); // saved before anybody listened
  }

  async function follow() {
    const now = await served();
    const changes = [];
    if (!changed(document.documentElement, known.root, now.root, changes)) return location.reload();
    for (const change of changes) change();
    known = now;
  }

  /** Collect what makes of a shown node, served as `was`, what is served now; false if that cannot be done in place. */
  function changed(shown, was, now, changes) {
    if (was.isEqualNode(now)) return true; // whatever scripts made of it
    if (shown.nodeName !== was.nodeName) return false;
    if (shown.nodeType === Node.TEXT_NODE) {
      changes.push(() => { shown.data = now.data; });
      return shown.data === was.data;
    }
    if (shown.nodeType !== Node.ELEMENT_NODE || shown.matches(ACTIVE)) return false;
    return attributesChanged(shown, was, now, changes) && childrenChanged(shown, was, now, changes);
  }

  function attributesChanged(shown, was, now, changes) {
    const names = new Set([...was.getAttributeNames(), ...now.getAttributeNames()]);
    return [...names].filter((name) => was.getAttribute(name) !== now.getAttribute(name)).every((name) => {
      const value = now.getAttribute(name);
      changes.push(() => (value === null ? shown.removeAttribute(name) : shown.setAttribute(name, value)));
      return shown.getAttribute(name) === was.getAttribute(name);
    });
  }

  /** The children at both ends are followed one by one, those between them exchanged. */
  function childrenChanged(shown, was, now, changes) {
    const [here, old, coming] = [shown, was, now].map((parent) => [...parent.childNodes]);
    if (here.length !== old.length) return false;
    const [first, last] = ends(old, coming);
    const gone = here.slice(first, here.length - last);
    const replaced = old.slice(first, old.length - last);
    const added = coming.slice(first, coming.length - last);
    const each = (from, to, more) => here.slice(from, to).every((node, i) => changed(node, old[from + i], coming[from + more + i], changes));
    const more = coming.length - old.length;
    if (!each(0, first, 0) || !each(here.length - last, here.length, more)) return false;
    const behind = here[first + gone.length] ?? null;
    changes.push(() => {
      for (const node of gone) node.remove();
      for (const node of added) shown.insertBefore(document.importNode(node, true), behind);
    });
    return gone.every((node, i) => node.isEqualNode(replaced[i])) && ![...gone, ...added].some(active);
  }

  /** How many nodes at the beginning, and at the end, are of the same kind in both. */
  function ends(old, coming) {
    const akin = (one, other) => one.nodeName === other.nodeName && one.id === other.id;
    const least = Math.min(old.length, coming.length);
    let first = 0;
    while (first < least && akin(old[first], coming[first])) first += 1;
    let last = 0;
    while (last < least - first && akin(old.at(-1 - last), coming.at(-1 - last))) last += 1;
    return [first, last];
  }

  const active = (node) => node.nodeType === Node.ELEMENT_NODE && (node.matches(ACTIVE) || node.querySelector(ACTIVE));
  const catchUp = () => { turn = turn.then(() => (known ? follow() : begin())).catch(() => location.reload()); };

  document.addEventListener("LiveReloadConnect", catchUp);
  return class {
    static identifier = "in-place";
    static version = "1.0";

    /** What livereload.js asks on each save; true: it need not load the page. */
    reload() {
      catchUp();
      return true;
    }
  };
})();
