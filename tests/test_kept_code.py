"""Templates' code is kept between builds; what is damaged or of another text is compiled anew."""

import pytest
from msgspec import Struct

from rolerisk.render.html import Templates
from rolerisk.store import code
from rolerisk.store.code import KeptCode


class Seen(Struct, frozen=True):
    a: str = "x"


@pytest.fixture
def compiled(tmp_path, monkeypatch):
    """Renders a template with the folder's code, and says whether it had to be compiled."""

    def render(text):
        kept, templates = [], Templates({"x.html": text}, KeptCode(tmp_path))
        dump = KeptCode.dump_bytecode
        with monkeypatch.context() as patch:
            patch.setattr(
                KeptCode, "dump_bytecode", lambda self, b: kept.append(b) or dump(self, b)
            )
            shown = templates.render("x.html", Seen(), "").decode()
        return shown, bool(kept)

    return render


def test_a_template_is_compiled_once(compiled, tmp_path):
    assert compiled("{{ a }}1") == ("x1", True)
    assert compiled("{{ a }}1") == ("x1", False)
    assert compiled("{{ a }}2") == ("x2", True)
    assert compiled("{{ a }}2") == ("x2", False)
    assert len(list(tmp_path.iterdir())) == 1


def test_what_is_damaged_or_of_another_program_is_a_miss(compiled, tmp_path, monkeypatch):
    compiled("{{ a }}1")
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for data in (b"", whole[:9], whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1]), b"x" + whole[1:]):
        file.write_bytes(data)
        assert compiled("{{ a }}1") == ("x1", True)
    monkeypatch.setattr(code, "program_digest", lambda: "another")
    assert compiled("{{ a }}1") == ("x1", True)
