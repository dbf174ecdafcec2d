"""Characters that cannot be seen but change what a text is, or that XML forbids."""

import re

# C0 and C1 controls but tab and line feed, zero-width characters, bidirectional overrides and
# isolates, line and paragraph separators, byte order mark, non-characters and lone surrogates.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_VISIBLE = bytes(code for code in range(128) if not INVISIBLE.match(chr(code)))


def has_invisible(text: str) -> bool:
    """Whether a text has one of them; of plain ASCII that is seen ten times as fast."""
    if text.isascii():
        return bool(text.encode().translate(None, _VISIBLE))
    return bool(INVISIBLE.search(text))
