"""Marks of this room's tests."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes half a minute or so")
    config.addinivalue_line("markers", "engines: needs Ibis and another engine (extra 'engines')")
