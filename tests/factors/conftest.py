"""Planted worlds, as the script that measures them makes them."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "planted_worlds.py"


@pytest.fixture(scope="session")
def planted() -> ModuleType:
    """Load the script."""
    spec = importlib.util.spec_from_file_location("planted_worlds", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
