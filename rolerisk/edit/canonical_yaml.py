"""YAML text → the one form in which the project writes it, by ruamel.yaml's round trip.

Two spaces a level, lists indented below their key, one line a value however long, `|` for prose,
double quotes unless the text has some. Whether a text is quoted, and whether a list or record
stands in brackets, is the editor's choice.
"""

import io
import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

from rolerisk.edit.comments import comments, tidy
from rolerisk.parse import yaml

_PROSE = ("answer", "does", "why", "how", "intro", "about")
_START = re.compile(r"\A((?:\s*(?:#.*)?\n)*)---[ \t]*\n")
_NO_INDENT = re.compile(r"^(?=.)", re.MULTILINE)
_INDENT = re.compile(r"^  ", re.MULTILINE)
_TOP = "x"


class LostError(Exception):
    """The text cannot be rewritten without losing something: what, the 0-based line, and a hint."""


def canonical_yaml(text: str) -> str:
    """Rewrite a text that our reader reads without slips. Raises LostError, and loses nothing."""
    rewritten = tidy(_round_trip(_START.sub(r"\1", text)))
    _compare(text, rewritten)
    return rewritten


class _Texts(VersionedResolver):
    """Every scalar is text, an empty one is null: nothing is a number that would be rewritten."""

    _RESOLVERS = {"": [("tag:yaml.org,2002:null", re.compile("$"))]}  # noqa: RUF012  a property's

    @property
    def versioned_resolver(self) -> Any:
        return self._RESOLVERS


def _round_trip(text: str) -> str:
    """The whole text becomes the value of one key: at the top, ruamel indents no list."""
    ruamel = YAML()
    ruamel.Resolver = _Texts
    ruamel.preserve_quotes = True
    ruamel.width = 10**9
    ruamel.indent(mapping=2, sequence=4, offset=2)
    try:
        tree = ruamel.load(f"{_TOP}:\n" + _NO_INDENT.sub("  ", text).translate(yaml.STAND_IN))
        if not tree[_TOP]:
            return text
        tree[_TOP].fa.set_block_style()
        _restyle(tree[_TOP])
        written = io.StringIO()
        ruamel.dump(tree, written)
    except Exception as error:  # ruamel raises whatever happens inside it, AttributeErrors too
        line = getattr(getattr(error, "problem_mark", None), "line", 1) - 1
        raise LostError(f"ruamel.yaml cannot rewrite it: {error}", line, "") from error
    text = written.getvalue().translate(yaml.AS_WRITTEN)
    return _INDENT.sub("", text.removeprefix(f"{_TOP}:\n"))


def _restyle(node: Any) -> None:
    """Give every text below a list or record its canonical style."""
    block = not node.fa.flow_style()
    entries = node.items() if isinstance(node, CommentedMap) else enumerate(node)
    for key, value in list(entries):
        if isinstance(value, CommentedMap | CommentedSeq):
            _restyle(value)
        elif isinstance(value, str):
            node[key] = _restyled(value, prose=block and key in _PROSE)


def _restyled(text: str, prose: bool) -> Any:
    written_as_block = isinstance(text, LiteralScalarString | FoldedScalarString)
    if text.strip() and (written_as_block or (prose and not text.endswith("\n"))):
        block = LiteralScalarString(text.rstrip("\n") + "\n")
        block.comment = getattr(text, "comment", None)  # ruamel hangs what follows a block on it
        return block
    if isinstance(text, SingleQuotedScalarString) and not {'"', "\\"} & set(text):
        return DoubleQuotedScalarString(text)
    return text


def _compare(before: str, after: str) -> None:
    """Raises LostError where a value or a comment is not what it was."""
    was, now = comments(before), [words for _, words in comments(after)]
    for index, (line, words) in enumerate(was):
        if now[index : index + 1] != [words]:
            hint = "put the comment on a line of its own, above the list or record that it is in"
            raise LostError(f"the comment {words!r} would be lost or moved", line, hint)
    read = yaml.read(after)
    if len(now) != len(was) or read.slips or read.value != yaml.read(before).value:
        raise LostError("a value would change", 0, "please report it: the file is as it was")
