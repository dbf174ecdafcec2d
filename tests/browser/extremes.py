"""A site of roles at the ends of what is allowed: YAML alone, the longest texts, other scripts."""

from tests.sites import SMALL_SITE, role_yaml

LONG_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
LONG_TITLE = f"Telecommunications Infrastructure {LONG_WORD} Coordinator"
LONG_TASK = f"Reconciling {LONG_WORD} with" + " every other register of the region" * 3
LONG_URL = "https://example.org/" + "a-very-long-path-without-an-end/" * 6


def _tasks(names: tuple[str, ...], share: int, exposure: str) -> str:
    return "".join(
        f"  - task: {name}\n    share: {share}\n    exposure: {exposure}\n    why: |\n      {name} {name}.\n"
        for name in names
    ).rstrip()


def _longest() -> str:
    at_risk = tuple(f"{LONG_TASK} {number}" for number in range(8))
    durable = tuple(f"{LONG_WORD} and {LONG_TASK} {number}" for number in range(8, 12))
    return role_yaml(
        "the-longest",
        LONG_TITLE,
        also_called=f'also_called: ["{LONG_TITLE} (Deputy)", "{LONG_WORD}"]',
        summary=f"summary: What of the work of a {LONG_WORD} of the longest title stays with people, and what goes.",
        answer=f"answer: |\n  Partly. {LONG_WORD} {'and the rest of it ' * 8}stays.[^the-longest-a]",
        at_risk="at_risk:\n" + _tasks(at_risk, 8, "40-100"),
        durable="durable:\n" + _tasks(durable, 9, "0-9"),
        sources="sources:\n"
        f'  - {{id: the-longest-a, title: "{LONG_TASK}", publisher: "{LONG_WORD}", url: "{LONG_URL}", date: 2025}}\n'
        f'  - {{id: the-longest-b, title: "{LONG_WORD}", publisher: Press, url: "{LONG_URL}b", date: 2025}}',
    )


EXTREMES = (
    SMALL_SITE.replace("cards: false, search: false", "cards: true, search: true")
    + f"""-- content/roles/the-longest.yaml --
{_longest()}-- content/roles/dental-hygienist.yaml --
{role_yaml("dental-hygienist", "歯科衛生士", related="related: [surveyor]")}-- content/roles/surveyor.yaml --
{role_yaml("surveyor", "مسّاح أراضٍ", plural="plural: مسّاحو الأراضي")}"""
)
URLS = (
    "/",
    "/roles/",
    "/roles/carpenter/",  # YAML alone
    "/roles/the-longest/",
    "/roles/dental-hygienist/",
    "/roles/surveyor/",
    "/categories/crafts/",
    "/rankings/most-exposed/",
    "/tools/alpha/",
    "/compare/?a=the-longest&b=surveyor",
)
