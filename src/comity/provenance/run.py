"""A run: what went in, so that the same call can be made again and cited."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """One answer's inputs, configuration, seed and version; its id is their hash, without a clock."""

    command: str
    version: str
    inputs: tuple[tuple[str, str], ...]  # (name, sha256 or edition), sorted
    configuration: tuple[tuple[str, str], ...]
    sources: tuple[str, ...] = ()
    seed: int = 0

    @classmethod
    def of(
        cls,
        command: str,
        *,
        version: str,
        inputs: Mapping[str, str],
        configuration: Mapping[str, object],
        sources: tuple[str, ...] = (),
        seed: int = 0,
    ) -> "Run":
        """Build a run with its parts in a fixed order."""
        settings = tuple(sorted((key, str(value)) for key, value in configuration.items()))
        return cls(command, version, tuple(sorted(inputs.items())), settings, tuple(sorted(sources)), seed)

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits that change whenever an input, a setting or the version does."""
        parts = [self.command, self.version, self.inputs, self.configuration, self.seed]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:12]
