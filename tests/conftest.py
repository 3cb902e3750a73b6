"""Fixtures that every room uses."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("COMITY_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Find the data folder beside the checkout, or skip."""
    if not SHARED.is_dir():
        pytest.skip(f"no shared data folder at {SHARED.name}/ beside the checkout")
    return SHARED


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the user's own data folder out of the tests."""
    monkeypatch.setenv("COMITY_HOME", str(tmp_path_factory.mktemp("home")))
