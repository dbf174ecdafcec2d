"""The size of an image in pixels, from its first bytes."""

import re
import struct

_PNG, _GIFS = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a")
_ROOT = re.compile(rb"<svg\b[^>]*>")
_LENGTH = re.compile(rb'\s(width|height)\s*=\s*["\'](\d+(?:\.\d+)?)(?:px)?["\']')
_BOX = re.compile(rb'\sviewBox\s*=\s*["\']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)')
OTHERS = (".jpg", ".jpeg", ".webp", ".avif")  # whose size takes more than a look


def image_size(path: str, data: bytes) -> tuple[float, float] | None:
    """Width and height of a PNG, GIF or SVG; None when it is none, or says no size."""
    if path.endswith(".svg"):
        return _svg_size(data)
    if data.startswith(_PNG) and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith(_GIFS) and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    return None


def _svg_size(data: bytes) -> tuple[float, float] | None:
    root = _ROOT.search(data)
    if root is None:
        return None
    lengths = {name: float(value) for name, value in _LENGTH.findall(root[0])}
    if len(lengths) == 2:
        return lengths[b"width"], lengths[b"height"]
    box = _BOX.search(root[0])
    return (float(box[1]), float(box[2])) if box else None
