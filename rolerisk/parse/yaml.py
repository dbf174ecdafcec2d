"""YAML text → plain values: dicts, lists, texts and None, straight from the C parser's events.

No value is guessed from how it looks: every scalar is text, an empty one None; the schema types
them later. `read` is the quick way that a build takes; only when a problem has to be shown does
`marks` read the text again and note where every key and value begins and ends. What a file may
not do, such as an alias, leaves REFUSED in its place.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from rolerisk.parse import rules, slips
from rolerisk.parse.slips import Slip
from rolerisk.problem import Keys

MAX_DEPTH = 20
_WRITE_OUT = "write the text out; put it in quotes if it is meant as text"

# YAML parsers take these for line ends, nobody else does: they are given others to read for them.
_SEPARATORS = "\x85\u2028\u2029"
_STAND_INS = "\ue085\ue028\ue029"
STAND_IN = str.maketrans(_SEPARATORS, _STAND_INS)
AS_WRITTEN = str.maketrans(_STAND_INS, _SEPARATORS)

_Event = Any  # the parser's stubs know neither the events' marks nor their anchors


class _Refused:
    """What stands for a value, or a key, that a slip has refused: nobody knows what it says."""


REFUSED = _Refused()


class Mark(NamedTuple):
    """Where a value is: 0-based lines and columns; the key's place is the value's own in a list."""

    line: int
    column: int
    end_line: int
    end_column: int
    key_line: int
    key_column: int


class Document(NamedTuple):
    """What a text says, and the slips in it; after a syntax error the value is None."""

    value: Any
    slips: tuple[Slip, ...]
    broken: bool = False


def read(text: str) -> Document:
    """Read one YAML document. Never raises for what the text holds."""
    return _Builder(text, marks=None).build()


def marks(text: str) -> dict[Keys, Mark]:
    """Where every value of the text is; as far as the text can be read."""
    found: dict[Keys, Mark] = {}
    _Builder(text, found).build()
    return found


class _Builder:
    """Builds values from events; a stack of open containers instead of recursion."""

    def __init__(self, text: str, marks: dict[Keys, Mark] | None) -> None:
        self.separated = any(map(text.__contains__, _SEPARATORS))
        self.text = text.translate(STAND_IN) if self.separated else text
        self.marks = marks
        self.slips: list[Slip] = []
        self.root: Any = None
        self.stack: list[_Frame] = []
        self.comments = " #" in text
        self.last: _Event | None = None

    def build(self) -> Document:
        try:
            # yaml.parse would ask the same, but through a generator for each event.
            self._consume(iter(yaml.CSafeLoader(self.text).get_event, None))
        except yaml.YAMLError as error:
            opened = self.stack[-1].event if self.stack and self.stack[-1].flow else None
            slip = slips.of_error(error, self.text, self.last, opened)
            return Document(None, (*self.slips, slip), broken=True)
        return Document(self.root, tuple(self.slips))

    def _consume(self, events: Iterator[_Event]) -> None:
        begun = False
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._open({}, event)
            elif kind is yaml.SequenceStartEvent:
                self._open([], event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close(event)
            elif kind is yaml.AliasEvent:
                self._refuse(event, f"an alias (*{event.anchor}) stands for text elsewhere")
                self._add(REFUSED, event)
            elif kind is yaml.DocumentStartEvent:
                if begun:
                    hint = "delete this line: a file is one document"
                    self._slip(rules.FEATURE, event, "a second document begins here", hint)
                    return
                begun = True

    def _scalar(self, event: _Event) -> None:
        self.last = event
        value: str | None = event.value
        if self.separated:
            value = event.value.translate(AS_WRITTEN)
        if event.anchor or event.tag:
            self._refuse_properties(event)
        if not event.style:  # plain
            if self.comments:
                self._check_comment(event)
            if not value:
                if self._ends_at_comma(event):
                    return
                value = None
        elif event.style in "|>":
            value = (value or "").rstrip("\n")
        self._add(value, event)

    def _add(self, value: Any, event: _Event) -> None:
        """Put a value where it belongs: into the open list, or as a key or value of the mapping."""
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        if frame.items is None and frame.key_event is None:
            self._begin_key(frame, value, event)
            return
        if self.marks is not None:
            self._mark(frame, event)
        if frame.items is not None:
            frame.items.append(value)
        else:
            frame.mapping.setdefault(frame.key, value)
            frame.key_event = None

    def _begin_key(self, frame: "_Frame", value: Any, event: _Event) -> None:
        if value is REFUSED:
            pass
        elif not isinstance(value, str):
            self._refuse(event, "a key has to be a plain word")
            value = REFUSED
        elif value == "<<":
            self._refuse(event, "a merge key (<<) brings in keys that are not shown here")
            value = REFUSED
        elif value in frame.mapping:
            self._slip(
                rules.DUPLICATE_KEY,
                event,
                f"{value} stands twice in this record",
                "keep one of the two",
            )
        frame.key, frame.key_event = value, event

    def _open(self, container: Any, event: _Event) -> None:
        if event.anchor or event.tag:
            self._refuse_properties(event)
        if len(self.stack) >= MAX_DEPTH:
            mark = event.start_mark
            raise yaml.parser.ParserError(None, None, f"more than {MAX_DEPTH} levels deep", mark)
        keys = self.stack[-1].keys_of_next if self.stack else ()
        self.stack.append(_Frame(container, keys, bool(event.flow_style), event))

    def _close(self, event: _Event) -> None:
        frame = self.stack.pop()
        opening = frame.event
        closed = yaml.Event(opening.start_mark, event.end_mark)
        self._add(frame.mapping if frame.items is None else frame.items, closed)

    def _mark(self, frame: "_Frame", event: _Event) -> None:
        assert self.marks is not None
        start, end = event.start_mark, event.end_mark
        at = frame.key_event.start_mark if frame.key_event else start
        self.marks.setdefault(
            frame.keys_of_next,
            Mark(start.line, start.column, end.line, end.column, at.line, at.column),
        )

    def _check_comment(self, event: _Event) -> None:
        """A plain text of several words with a comment behind it has lost the rest of its line."""
        end = event.end_mark
        if " " not in event.value or (len(self.stack) and self.stack[-1].expects_key):
            return
        line = self.text.split("\n", end.line + 1)[end.line]
        rest = line[end.column :]
        if rest.lstrip().startswith("#"):
            column = len(line) - len(rest.lstrip())
            self.slips.append(
                Slip(
                    rules.COMMENT_IN_TEXT,
                    end.line,
                    column,
                    "' #' begins a comment: the rest of this text is lost",
                    "quote the text, write it as a | block, or move the comment to its own line",
                )
            )

    def _ends_at_comma(self, event: _Event) -> bool:
        """`{name: Smith, Jones}`: the comma has made a key without a value of the second word.

        So has the missing space of `{name:Smith}` of both words.
        """
        frame = self.stack[-1] if self.stack else None
        if not frame or not frame.flow or frame.items is not None or frame.key_event is None:
            return False
        key = frame.key_event
        if key.end_mark.index != event.start_mark.index:
            return False
        if isinstance(frame.key, str):  # what is no plain word has been refused already
            why, hint = slips.COMMA_IN_TEXT
            if ":" in frame.key:
                why, hint = slips.NO_SPACE
                frame.mapping[REFUSED] = None  # some key of the record is in this word
            self._slip(rules.SYNTAX, key, f"{frame.key!r} has no value: {why}", hint)
        frame.key_event = None
        return True

    def _refuse_properties(self, event: _Event) -> None:
        what = f"an anchor (&{event.anchor})" if event.anchor else f"a tag ({event.tag})"
        self._refuse(event, f"{what} is not allowed")

    def _refuse(self, event: _Event, message: str) -> None:
        self._slip(rules.FEATURE, event, message, _WRITE_OUT)

    def _slip(self, rule: Any, event: _Event, message: str, hint: str) -> None:
        mark = event.start_mark
        self.slips.append(Slip(rule, mark.line, mark.column, message, hint))


class _Frame:
    """One open container: a list of items, or a mapping waiting for a key or a value."""

    __slots__ = ("event", "flow", "items", "key", "key_event", "keys", "mapping")

    def __init__(self, container: Any, keys: Keys, flow: bool, event: _Event) -> None:
        self.items: list[Any] | None = container if isinstance(container, list) else None
        self.mapping: dict[Any, Any] = container if isinstance(container, dict) else {}
        self.keys = keys
        self.flow = flow
        self.event = event
        self.key: str | _Refused = ""
        self.key_event: Any = None

    @property
    def expects_key(self) -> bool:
        """Whether the next scalar is a key."""
        return self.items is None and self.key_event is None

    @property
    def keys_of_next(self) -> Keys:
        """The keys that lead to the next value; a question mark for one that has none itself."""
        if self.items is not None:
            return (*self.keys, len(self.items))
        known = self.key_event is not None and isinstance(self.key, str)
        return (*self.keys, str(self.key) if known else "?")
