"""One role: its record and texts → the article that its page shows."""

from typing import Any

from rolerisk.assemble.figures import figures_of
from rolerisk.assemble.names import slug_of
from rolerisk.assemble.variables import noun, plural, template_variables
from rolerisk.model import article as shown
from rolerisk.model.article import Article, Section
from rolerisk.model.content import Measure, Source
from rolerisk.model.fragment import Fragment
from rolerisk.model.parsed import ParsedRole, ParsedSection
from rolerisk.model.role import Role, Task
from rolerisk.model.site import Tables
from rolerisk.score import Weight, band_of, confidence, score, tenths
from rolerisk.text import template
from rolerisk.text.address import base_path, with_base
from rolerisk.text.markdown import to_fragment, with_numbers
from rolerisk.text.shingles import row
from rolerisk.text.todo import has_todo

TITLE_MAX = 65


def assemble_article(parsed: ParsedRole, tables: Tables) -> Article:
    """Make the article of a role whose record is sound enough to have a score.

    Raises text.template.TemplateError when a title pattern or a shared narrative asks for a
    variable that does not exist.
    """
    role = parsed.role
    result = _score(role, tables)
    given = template_variables(role, result, tables)
    sections = _sections(parsed, given, tables.shared_narrative)
    cited = [f.cites for _, f, _ in parsed.texts]
    numbered = _numbered(role, tables, [id_ for cites in cited for id_ in cites])
    numbers = {source.id: source.number for source in numbered}
    base = base_path(tables.config.base_url)

    def html(fragment: Fragment) -> str:
        return with_base(with_numbers(fragment.html, numbers), base)

    known = {key: _section(section, html) for key, section in sections.items()}
    own = ("introduction", "current-state", "score", "path-forward")
    category = tables.categories.get(role.category)
    person = next((p for p in tables.config.people if p.name == role.reviewer), None)
    occupation = tables.occupations.get(role.soc or "")
    return Article(
        slug=role.slug,
        url=role_url(role.slug),
        title=role.title,
        plural=plural(role),
        noun=noun(role),
        page_title=page_title(given, tables),
        category=role.category,
        category_name=category.name if category else "",
        category_url=f"/categories/{role.category}/",
        soc=role.soc or "",
        occupation=occupation.title if occupation else "",
        also_called=role.also_called,
        summary=role.summary,
        answer_html=html(parsed.answer),
        published=role.published,
        updated=role.updated or role.published,
        reviewed=role.reviewed,
        reviewer=person.name if person else "",
        reviewer_title=person.title if person else "",
        score=result,
        tools=_tools(parsed, tables, html),
        at_risk=_tasks(role.at_risk, parsed.at_risk, html, numbers),
        durable=_tasks(role.durable, parsed.durable, html, numbers),
        steps=tuple(
            shown.StepShown(s.do, html(f), s.effort or "", s.task or "")
            for s, f in zip(role.steps, parsed.how, strict=True)
        ),
        sources=numbered,
        introduction=known["introduction"],
        current_state=known["current-state"],
        score_text=known["score"],
        path_forward=known["path-forward"],
        extra=tuple(section for key, section in known.items() if key not in own),
        figures=figures_of(role, tables),
        history=tuple(shown.PastScoreShown(h.date, h.score, h.note) for h in role.history),
        words=sum(f.words for _, f, _ in parsed.texts),
        row=row(text for _, _, text in parsed.texts if not has_todo(text)),
    )


def role_url(slug: str) -> str:
    """A role page's root-relative address."""
    return f"/roles/{slug}/"


def tool_url(name: str) -> str:
    """A tool page's root-relative address."""
    return f"/tools/{slug_of(name)}/"


def page_title(given: dict[str, Any], tables: Tables) -> str:
    """The first of the site's title patterns that gives at most 65 characters, else the last."""
    titles = [template.render_text(pattern, given) for pattern in tables.config.titles]
    return next((title for title in titles if len(title) <= TITLE_MAX), titles[-1])


def _score(role: Role, tables: Tables) -> shown.ScoreShown:
    weights = [
        Weight(t.share, t.exposure.low, t.exposure.high) for t in role.at_risk + role.durable
    ]
    result = score(weights)
    bands = tables.config.score.bands
    band = band_of(result.value, bands)
    following = next((b.from_ for b in bands if b.from_ > band.from_), 101)
    return shown.ScoreShown(
        result.value,
        result.low,
        result.high,
        band.id,
        band.name,
        band.from_,
        following - 1,
        confidence(result.low, result.high),
        result.numerator,
        result.denominator,
        tenths(result.numerator, result.denominator),
    )


def _sections(
    parsed: ParsedRole, given: dict[str, Any], shared: dict[str, str]
) -> dict[str, tuple[ParsedSection, bool]]:
    """The narrative's sections by id; the known ones that are missing come from shared text."""
    sections = {section.id: (section, True) for section in parsed.sections}
    for id_, text in shared.items():
        if id_ not in sections:
            fragment = to_fragment(template.render_markdown(text, given))
            sections[id_] = (ParsedSection(id_, "", fragment, parsed.place, text), False)
    return sections


def _section(found: tuple[ParsedSection, bool], html: Any) -> Section:
    section, own = found
    return Section(section.id, section.heading, html(section.fragment), own)


def _tools(parsed: ParsedRole, tables: Tables, html: Any) -> tuple[shown.ToolShown, ...]:
    uses = []
    for use, fragment in zip(parsed.role.tools, parsed.does, strict=True):
        tool = tables.tools.get(use.tool) or tables.former_tool(use.tool)
        if tool:
            line = shown.ToolShown(
                tool.name,
                tool_url(tool.name),
                tool.maker,
                tool.status,
                tool.note or "",
                html(fragment),
            )
            uses.append(line)
    return tuple(uses)


def _tasks(
    tasks: tuple[Task, ...], fragments: tuple[Fragment, ...], html: Any, numbers: dict[str, int]
) -> tuple[shown.TaskShown, ...]:
    return tuple(
        shown.TaskShown(
            task.task,
            task.share,
            task.exposure.low,
            task.exposure.high,
            html(fragment),
            tuple(sorted({numbers[id_] for id_ in fragment.cites if id_ in numbers})),
        )
        for task, fragment in zip(tasks, fragments, strict=True)
    )


def _numbered(role: Role, tables: Tables, cited: list[str]) -> tuple[shown.SourceShown, ...]:
    """The sources in the order of their first citation."""
    known: dict[str, Source | Measure] = {**tables.measures}
    for source in role.sources:
        if isinstance(source, Source):
            known[source.id] = source
        elif source in tables.sources:
            known[source] = tables.sources[source]
    ids = [id_ for id_ in dict.fromkeys(cited) if id_ in known]
    return tuple(_source(number, known[id_]) for number, id_ in enumerate(ids, 1))


def _source(number: int, source: Source | Measure) -> shown.SourceShown:
    if isinstance(source, Measure):
        of = source.source
        return shown.SourceShown(number, source.id, of.title, of.publisher, of.url, source.year)
    return shown.SourceShown(
        number, source.id, source.title, source.publisher, source.url, str(source.date)
    )
