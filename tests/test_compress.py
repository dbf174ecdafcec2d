"""Precompressed files: beside the texts, of their bytes, made again only when those change."""

import gzip

import brotli
import pytest

from rolerisk import compress
from rolerisk.explain import explanation
from tests.sites import SMALL_SITE, SiteFolder
from tests.town import rebuild

SUFFIXES = {".br": brotli.decompress, ".gz": gzip.decompress}
BAKER = "roles/baker/index.html"


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    """The least effort: how small the files are is the library's business."""
    monkeypatch.setattr(compress, "BROTLI_QUALITY", 1)


@pytest.fixture
def packed(site):
    """The small site, built with precompressed files."""
    assert site.build(compress=True).sound
    return site


@pytest.fixture
def counted(monkeypatch):
    """How many texts were compressed."""
    calls = []
    real = dict(compress._COMPRESSORS)
    counting = {s: lambda text, s=s: calls.append(s) or real[s](text) for s in real}
    monkeypatch.setattr(compress, "_COMPRESSORS", counting)
    return calls


def with_both(paths: set[str]) -> set[str]:
    return paths | {path + suffix for path in paths for suffix in SUFFIXES}


def test_every_text_has_both_forms_and_nothing_else_has(packed):
    files = packed.files()
    plain = {path for path in files if not path.endswith(tuple(SUFFIXES))}
    texts = {p for p in plain if "." in p.rpartition("/")[2][1:] and not p.endswith(".png")}
    assert {BAKER, "sitemap.xml", "data/roles.csv", "roles/baker/badge.svg"} <= texts
    assert set(files) - plain == with_both(texts) - texts
    for path in texts:
        for suffix, unpack in SUFFIXES.items():
            assert unpack(files[path + suffix]) == files[path]


@pytest.mark.slow
def test_the_search_index_s_scripts_are_texts_too(site):
    site.edit("content/site.yaml", "search: false", "search: true")
    assert site.build(compress=True).sound
    files = site.files()
    assert "pagefind/pagefind.js.br" in files
    assert not [path for path in files if path.endswith((".pf_meta.gz", ".pagefind.gz"))]
    assert rebuild(site, compress=True) == (0, set(), set())


def test_gzip_notes_no_time_no_name_and_no_system(packed):
    head = packed.files()[BAKER + ".gz"][:10]
    assert head == b"\x1f\x8b\x08\x00\0\0\0\0\x02\xff"


def test_another_checkout_and_four_threads_give_the_same_bytes(packed, tmp_path):
    other = SiteFolder(tmp_path / "other", SMALL_SITE)
    assert other.build(compress=True, jobs=4, use_cache=False).sound
    assert other.files() == packed.files()


def test_nothing_changed(packed, counted):
    assert rebuild(packed, compress=True) == (0, set(), set())
    assert counted == []


def test_an_edit_compresses_what_it_changed(packed, counted):
    packed.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps most of it")
    own = {f"roles/baker/index.{kind}" for kind in ("html", "json", "md")}
    assert rebuild(packed, compress=True).written == with_both(own)
    assert len(counted) == 2 * len(own)


def test_a_text_that_is_rendered_again_to_the_same_bytes_is_not_compressed(packed, counted):
    packed.write("templates/partials/tasks.html", _commented(packed))
    changes = rebuild(packed, compress=True)
    assert changes.rendered == 3
    assert (changes.written, counted) == (set(), [])


def _commented(site: SiteFolder) -> str:
    return site.read("templates/partials/tasks.html") + "{# a comment #}"


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("damage", ["lost", "altered"])
def test_what_is_lost_or_altered_is_made_again(packed, counted, suffix, damage):
    path = packed.out / (BAKER + suffix)
    before = packed.files()
    path.unlink() if damage == "lost" else path.write_bytes(b"x")
    assert rebuild(packed, compress=True).written == {BAKER + suffix}
    assert packed.files() == before
    assert counted == [suffix]
    assert rebuild(packed, compress=True) == (0, set(), set())


def test_an_orphan_takes_its_compressed_files_with_it(packed):
    packed.remove("content/roles/carpenter.yaml")
    removed = rebuild(packed, compress=True).removed
    assert with_both({"roles/carpenter/index.html"}) <= removed
    assert not (packed.out / "roles/carpenter").exists()


def test_without_the_switch_they_go(packed):
    changes = rebuild(packed)
    assert changes.written == set()
    assert {path.rpartition(".")[2] for path in changes.removed} == {"br", "gz"}
    assert [path for path in packed.files() if path.endswith(tuple(SUFFIXES))] == []
    assert rebuild(packed) == (0, set(), set())


def test_with_the_switch_they_come_back(packed):
    before = packed.files()
    packed.build()
    packed.build(compress=True)
    assert packed.files() == before


@pytest.mark.slow
def test_a_stranger_s_compressed_file_is_left_alone(site):
    site.build()
    (site.out / "notes.txt.gz").write_bytes(b"theirs")
    site.build(compress=True)
    site.build()
    assert (site.out / "notes.txt.gz").read_bytes() == b"theirs"


def test_no_cache_compresses_everything_and_writes_nothing(packed, counted):
    assert rebuild(packed, compress=True, use_cache=False).written == set()
    assert counted


def test_explain_says_what_a_compressed_file_is_made_of(packed):
    told = explanation(f"{BAKER}.br", packed.settings())
    assert told is not None
    assert told.splitlines()[0] == f"{BAKER}.br"
    assert told.splitlines()[-1] == "  made again when its text changes"
