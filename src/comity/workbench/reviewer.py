"""Who is at the keyboard: by option, by git's configuration, or by the login."""

import getpass
import shutil
import subprocess
from contextlib import suppress


def reviewer(named: str | None) -> str:
    """Name the reviewer: as given, else git's user.name, else the user of this machine."""
    if named is not None:
        return named
    git = shutil.which("git")
    if git:
        with suppress(OSError, subprocess.SubprocessError):
            asked = subprocess.run(  # noqa: S603
                [git, "config", "user.name"], capture_output=True, text=True, timeout=5, check=False
            )
            if asked.stdout.strip():
                return asked.stdout.strip()
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""
