"""The front door: every name in it opens, and every room's door agrees with its list."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import comity

ROOMS = sorted(path.parent.name for path in Path(comity.__file__).parent.glob("*/__init__.py"))


@pytest.mark.parametrize("name", comity.__all__)
def test_every_name_of_the_front_door_opens(name: str) -> None:
    assert getattr(comity, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        comity.nonsense  # noqa: B018


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_name_of_a_room_is_there_and_has_a_docstring(room: str) -> None:
    door = importlib.import_module(f"comity.{room}")
    for name in door.__all__:
        value = getattr(door, name)
        if callable(value):
            assert (value.__doc__ or "").strip(), f"{room}.{name} has no docstring"


def test_the_front_door_loads_no_room_before_it_is_asked() -> None:
    script = "import sys, comity; print([m for m in sys.modules if m.startswith('comity.')])"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
