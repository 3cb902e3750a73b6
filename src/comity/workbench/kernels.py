"""Saying beforehand that inner loops will be compiled."""

from comity.workbench.output import note


def announce_compilation(risk_set: str | None = None) -> None:
    """Tell the reader why the first run on a machine takes some seconds more."""
    from comity.model import kernels_are_cached

    if not kernels_are_cached(risk_set):
        note("Compiling the inner loops, once on this machine: up to ten seconds.")
