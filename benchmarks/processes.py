"""Whole processes, measured: wall-clock seconds, CPU seconds and peak memory."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Measured(NamedTuple):
    """One process, or the medians of several."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


def measure(arguments: Sequence[str]) -> Measured:
    """Run a Python script to its end in a process of its own."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments])
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed")
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turns(script: str, names: Sequence[str], file: Path, rounds: int) -> dict[str, Measured]:
    """Run contenders one after the other, several times, and give the medians of each."""
    runs: dict[str, list[Measured]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            with tempfile.TemporaryDirectory(dir=file.parent) as folder:
                runs[name].append(measure([script, name, str(file), folder]))
    return {
        name: Measured(*(statistics.median(column) for column in zip(*found, strict=True)))
        for name, found in runs.items()
    }
