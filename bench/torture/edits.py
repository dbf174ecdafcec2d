"""Random edits of a small site, such as editors make: texts, titles, scores, roles, style sheets."""

import random

from tests.sites import SiteFolder, role_yaml

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Edits:
    """Edits a site in place; the same seed makes the same edits."""

    def __init__(self, site: SiteFolder, seed: int, day: str) -> None:
        """`day` is the day of publication of the roles that come and go."""
        self.site = site
        self.dice = random.Random(seed)
        self.day = day
        self.made: list[str] = []

    def next(self) -> str:
        """Make an edit and return what it was."""
        kinds = ["text", "text", "title", "score", "add", "remove", "rename", "layout", "style"]
        kind = self.dice.choice(kinds)
        getattr(self, f"_{kind}")()
        return kind

    def _word(self) -> str:
        return "".join(self.dice.choices(_LETTERS, k=8))

    def _put(self, slug: str, **keys: str) -> None:
        dates = {"published": f"published: {self.day}", "reviewed": f"reviewed: {self.day}"}
        category = {"category": f"category: {'building' if slug == 'carpenter' else 'crafts'}"}
        record = role_yaml(slug, keys.pop("title", slug.title()), **dates, **category, **keys)
        self.site.write(f"content/roles/{slug}.yaml", record)

    def _text(self) -> None:
        self._put("carpenter", answer=f"answer: |\n  In part: {self._word()}.[^carpenter-a]")

    def _title(self) -> None:
        self._put("carpenter", title=f"Carpenter {self._word().title()}")

    def _score(self) -> None:
        low = self.dice.randrange(20, 70)
        tasks = "".join(
            f"\n  - {{task: Task {n}, share: 15, exposure: {low}-{low + 20}, why: So.}}"
            for n in (1, 2, 3)
        )
        self._put("carpenter", at_risk=f"at_risk:{tasks}")

    def _add(self) -> None:
        slug = f"role-{self._word()}"
        self._put(slug)
        self.made.append(slug)

    def _remove(self) -> None:
        if self.made:
            self.site.remove(f"content/roles/{self.made.pop(0)}.yaml")

    def _rename(self) -> None:
        """Under a new slug, with a redirect from the old one."""
        if self.made:
            old, new = self.made.pop(0), f"role-{self._word()}"
            self.site.remove(f"content/roles/{old}.yaml")
            self._put(new, aliases=f"aliases: [{old}]")
            self.made.append(new)

    def _layout(self) -> None:
        path = "templates/layouts/base.html"
        self.site.write(
            path, self.site.read(path).replace("</body>", f"<!-- {self._word()} --></body>")
        )

    def _style(self) -> None:
        path = self.dice.choice(("role", "find", "site"))
        name = f"templates/assets/{path}.css"
        self.site.write(name, self.site.read(name) + f".{self._word()}{{margin:0}}")
