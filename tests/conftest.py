"""Fixtures that every room uses.

COMITY_REQUIRE names what must be there ("shared", "browser"): then its absence fails instead of skipping.
"""

import os
import shutil
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("COMITY_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def missing(what: str, reason: str) -> None:
    """Skip, or fail where `what` is required."""
    if what in os.environ.get("COMITY_REQUIRE", "").split():
        pytest.fail(f"{what} is required here: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Find the data folder beside the checkout."""
    if not SHARED.is_dir():
        missing("shared", "no folder shared/ beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """Find the browser of the system."""
    found = shutil.which("chromium")
    if found is None:
        missing("browser", "no chromium on this machine")
    return str(found)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the user's own data folder out of the tests."""
    monkeypatch.setenv("COMITY_HOME", str(tmp_path_factory.mktemp("home")))
