"""What a save of roles.yaml changed, found by its bytes, is what reading all of it would find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolerisk.load import read_file
from rolerisk.model.sources import InputFile, Sources
from rolerisk.parse.roles import ROLES_FILE, cut
from rolerisk.serve import edited
from rolerisk.serve.edited import Roles

WORDS = st.lists(st.sampled_from(["", "é", "- x", "# y", "zz", "\r"]), max_size=6).map("\n  ".join)


def text_of(bodies: list[str], head: str = "") -> bytes:
    entries = (f"- slug: r{n}\n  summary: {body}\n" for n, body in enumerate(bodies))
    return (head + "".join(entries)).encode()


def known_of(data: bytes) -> Sources:
    read = read_file(ROLES_FILE, data)
    assert isinstance(read, InputFile)
    return Sources({ROLES_FILE: read})


def texts_of(data: bytes) -> dict[str, str]:
    found = cut(ROLES_FILE, known_of(data).text(ROLES_FILE) or "")
    return {entry.likely_slug: entry.text for entry in found}


@pytest.mark.slow
@given(
    st.lists(st.lists(WORDS, min_size=5, max_size=5), min_size=2, max_size=4), st.integers(1, 40)
)
def test_one_save_after_another_finds_exactly_the_roles_that_changed(tmp_path_factory, saves, step):
    path = tmp_path_factory.mktemp("edited") / ROLES_FILE
    last = text_of(saves[0])
    roles, whole = Roles(known_of(last)), edited._STEPS
    edited._STEPS = (3 * step, step)
    try:
        for bodies in saves[1:]:
            now = text_of(bodies)
            path.write_bytes(now)
            edit = roles.edit(path.parent, [ROLES_FILE])
            before, after = texts_of(last), texts_of(now)
            assert edit
            assert {slug: text.text for slug, text in edit.texts.items()} == {
                slug: text for slug, text in after.items() if text != before[slug]
            }
            roles.keep(edit)
            assert {source.text.likely_slug: source.text.text for source in roles} == after
            last = now
    finally:
        edited._STEPS = whole


def test_only_the_entries_around_an_edit_are_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(edited, "_STEPS", (256, 64))
    bodies = [f"what role {number} is about" for number in range(200)]
    roles = Roles(known_of(text_of(bodies)))
    bodies[100] = "something else"
    (tmp_path / ROLES_FILE).write_bytes(text_of(bodies))
    decoded = []
    monkeypatch.setattr(
        edited, "read_file", lambda name, data: decoded.append(len(data)) or read_file(name, data)
    )
    edit = roles.edit(tmp_path, [ROLES_FILE])
    assert edit and edit.slugs == ["r100"]
    assert sum(decoded) < 1_000


def test_windows_line_ends_and_a_byte_order_mark_change_no_role(tmp_path):
    data = text_of(["one", "two"])
    roles = Roles(known_of(data))
    (tmp_path / ROLES_FILE).write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    edit = roles.edit(tmp_path, [ROLES_FILE])
    assert edit and edit.slugs == []
    roles.keep(edit)
    (tmp_path / ROLES_FILE).write_bytes(
        b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n").replace(b"two", b"three")
    )
    edit = roles.edit(tmp_path, [ROLES_FILE])
    assert edit and edit.slugs == ["r1"]


def test_what_is_no_utf_8_or_more_than_a_build_s_worth_takes_a_build(tmp_path, monkeypatch):
    data = text_of(["one", "two"])
    roles = Roles(known_of(data))
    (tmp_path / ROLES_FILE).write_bytes(data.replace(b"two", b"t\xff"))
    assert roles.edit(tmp_path, [ROLES_FILE]) is None
    (tmp_path / ROLES_FILE).write_bytes(data.replace(b"two", b"three"))
    monkeypatch.setattr(edited, "_MOST", 10)
    assert roles.edit(tmp_path, [ROLES_FILE]) is None


def test_a_file_that_is_still_being_written_is_not_read(tmp_path, monkeypatch):
    data = text_of([f"what role {number} is about" for number in range(200)])
    roles = Roles(known_of(data))
    monkeypatch.setattr(edited, "_MOST", 1_000)
    monkeypatch.setattr(edited, "_STEPS", (64,))
    monkeypatch.setattr(edited, "_read", lambda *_: pytest.fail("it was read"))
    for length in (0, 1, 2_000):
        (tmp_path / ROLES_FILE).write_bytes(data[:length])
        assert roles.edit(tmp_path, [ROLES_FILE]) is None
