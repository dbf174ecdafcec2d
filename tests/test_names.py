"""Names made from names: slugs, plurals, nouns inside a sentence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolerisk.assemble.names import noun_of, plural_of, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("GitHub Copilot", "github-copilot"),
        ("Notion AI", "notion-ai"),
        ("v0", "v0"),
        ("R&D  Lead ", "r-d-lead"),
        ("Café Manager", "cafe-manager"),
        ("Ⅻ Tools", "xii-tools"),
    ],
)
def test_slug(name, slug):
    assert slug_of(name) == slug


@given(st.text("aZ9éßØⅫ通 -_&.+/"))
def test_a_slug_is_lower_case_ascii_and_stays_what_it_is(name):
    slug = slug_of(name)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert slug_of(slug) == slug


@pytest.mark.parametrize(
    ("title", "noun"),
    [
        ("Backend Developer", "backend developer"),
        ("UX Designer", "UX designer"),
        ("DevOps Engineer", "DevOps engineer"),
        ("Registered Nurse", "registered nurse"),
        ("IT Support Specialist", "IT support specialist"),
    ],
)
def test_noun_inside_a_sentence(title, noun):
    assert noun_of(title) == noun


@pytest.mark.parametrize(
    ("title", "plural"),
    [
        ("Accountant", "Accountants"),
        ("Secretary", "Secretaries"),
        ("Tax Preparer", "Tax Preparers"),
        ("Data Analyst", "Data Analysts"),
        ("UX Designer", "UX Designers"),
        ("Coach", "Coaches"),
        ("Midwife", "Midwives"),
        ("Salesperson", "Salespeople"),
        ("Matière Première Café", "Matière Première Cafés"),
        ("歯科衛生士", "歯科衛生士"),
        ("مسّاح أراضٍ", "مسّاح أراضٍ"),
    ],
)
def test_plural(title, plural):
    assert plural_of(title) == plural
