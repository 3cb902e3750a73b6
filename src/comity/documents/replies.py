"""Answers of a language model kept on disk, so that the same question is asked once."""

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from comity.documents.endpoint import MAX_ANSWER_BYTES, SEED, Message
from comity.provenance import UnreadableFileError

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Replies:
    """A folder with one file an answer, named by the hash of model, messages and schema.

    A file holds the answer and the model's name, and nothing of the address or the key. It appears
    whole or not at all.
    """

    folder: Path

    def find(self, model: str, messages: Sequence[Message], schema: dict[str, Any]) -> str | None:
        """Give the answer to a question; nothing where it is not kept, or the file is not whole."""
        key = question_hash(model, messages, schema)
        path = self._path(key)
        try:
            if path.stat().st_size > 2 * MAX_ANSWER_BYTES:
                return None
            kept = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        sound = isinstance(kept, dict) and kept.get("format") == FORMAT and kept.get("question") == key
        answer = kept.get("answer") if sound else None
        return answer if isinstance(answer, str) else None

    def keep(self, model: str, messages: Sequence[Message], schema: dict[str, Any], answer: str) -> None:
        """Keep an answer.

        Raises
        ------
        UnreadableFileError : the folder cannot be written
        """
        key = question_hash(model, messages, schema)
        content = {"format": FORMAT, "question": key, "model": model, "answer": answer}
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".")
        except OSError as error:
            raise UnreadableFileError(f"{path.parent} cannot be written: {error.strerror}") from None
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                json.dump(content, file)
            Path(draft).replace(path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


def question_hash(model: str, messages: Sequence[Message], schema: dict[str, Any]) -> str:
    """Hash what an answer depends on."""
    asked = {"model": model, "messages": list(messages), "schema": schema, "seed": SEED, "temperature": 0}
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode("ascii")).hexdigest()
