"""Compiled templates, kept in the user's cache folder: compiling takes longer than building a brief."""

import contextlib
import os
import tempfile
from pathlib import Path

import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """One file a template; jinja2 itself checks that it is of this source and this Python.

    A folder that cannot be read or written costs only the time of compiling.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what was compiled before."""
        with (
            contextlib.suppress(OSError, ValueError, EOFError, TypeError),
            self._path(bucket).open("rb") as file,
        ):
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write it whole or not at all."""
        path = self._path(bucket)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                bucket.write_bytecode(file)
            Path(draft).replace(path)

    def _path(self, bucket: Bucket) -> Path:
        return _folder() / f"jinja2-{jinja2.__version__}" / f"{bucket.key}.bytes"


def _folder() -> Path:
    named = os.environ.get("COMITY_HOME")
    if named:
        return Path(named).expanduser() / "cache"
    import platformdirs

    return platformdirs.user_cache_path("comity")
