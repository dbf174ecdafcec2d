"""The code that templates were compiled to: where Jinja finds it again."""

import hashlib
import importlib.util
import marshal
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from rolerisk.program import program_digest
from rolerisk.store.whole import write_whole

_DIGEST_SIZE = 16


class KeptCode(BytecodeCache):
    """Keeps templates' code in a folder, a file a template: compiling them is a sixth of a text edit's build.

    A file begins with the digest of the program, Python's version, the template's text and the code;
    one that is damaged, or of another of these, is a miss.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made_of = program_digest().encode() + importlib.util.MAGIC_NUMBER

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fetch a template's code, if it is there."""
        try:
            data = self._file(bucket).read_bytes()
        except OSError:
            return
        body = data[_DIGEST_SIZE:]
        if data[:_DIGEST_SIZE] == self._digest(bucket, body):
            bucket.code = marshal.loads(body)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code; the file is whole at any moment."""
        body = marshal.dumps(bucket.code)
        write_whole(self._file(bucket), self._digest(bucket, body), body)

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"template-{bucket.key}.bin"

    def _digest(self, bucket: Bucket, body: bytes) -> bytes:
        made_of = self._made_of + bucket.checksum.encode() + body
        return hashlib.blake2b(made_of, digest_size=_DIGEST_SIZE).digest()
