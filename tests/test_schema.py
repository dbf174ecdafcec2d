"""The committed schemas are those of the model, and what ships passes them as YAML readers read it."""

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from rolerisk.schema import schemas
from tests.sites import PROJECT

FILES = {
    "roles.yaml": "roles.schema.json",
    "content/site.yaml": "schemas/site.schema.json",
    "content/categories.yaml": "schemas/categories.schema.json",
    "content/tools.yaml": "schemas/tools.schema.json",
    "content/sources.yaml": "schemas/sources.schema.json",
    "content/measures.yaml": "schemas/measures.schema.json",
    "content/style.yaml": "schemas/style.schema.json",
}


class _Yaml12Loader(yaml.CSafeLoader):
    """Reads dates as text, as JSON Schema has no dates; guesses numbers and booleans."""


_Yaml12Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def errors(text: str, schema: str) -> list[str]:
    validator = Draft202012Validator(json.loads(schemas()[schema]))
    value = yaml.load(text, Loader=_Yaml12Loader)
    return [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(value)]


@pytest.mark.parametrize("path", sorted(schemas()))
def test_the_committed_schema_is_current(path):
    assert (PROJECT / path).read_text(encoding="utf-8") == schemas()[path]


@pytest.mark.parametrize("path", FILES)
def test_the_shipped_file_passes_its_schema(path):
    assert errors((PROJECT / path).read_text(encoding="utf-8"), FILES[path]) == []


@pytest.mark.slow
def test_the_roles_with_files_of_their_own_pass_the_schema():
    files = sorted((PROJECT / "content/roles").glob("*.yaml"))
    found = {
        f.name: errors(f.read_text(encoding="utf-8"), "schemas/role.schema.json") for f in files
    }
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize("path", FILES)
def test_the_file_is_bound_to_its_schema(path):
    first = (PROJECT / path).read_text(encoding="utf-8").splitlines()[0]
    bound = ((PROJECT / path).parent / first.partition("$schema=")[2]).resolve()
    assert bound == (PROJECT / FILES[path]).resolve()


def test_what_yaml_reads_as_a_number_or_a_boolean_passes():
    text = "- {id: a, title: 1984, publisher: NO, url: 'https://e.org', date: 2025}"
    assert errors(text, "schemas/sources.schema.json") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {id: A B, title: t, publisher: p, url: 'https://e.org', date: 2025}", "A B"),
        ("- {id: a, title: t, publisher: p, url: 'https://e.org', date: soon}", "soon"),
        ("- {id: a, title: t, publisher: p, url: 'https://e.org'}", "'date' is a required"),
        ("- {id: a, title: t, publisher: p, url: x, date: 2025, colour: red}", "colour"),
    ],
)
def test_what_the_loader_refuses_the_schema_refuses(text, told):
    assert any(told in error for error in errors(text, "schemas/sources.schema.json"))


def test_every_field_has_words_for_hovering():
    for path, text in schemas().items():
        for name, record in json.loads(text)["$defs"].items():
            for key, field in record["properties"].items():
                assert field.get("description"), f"{path}: {name}.{key}"
