"""Runs on disk: what went into each answer, so that it can be made again and cited."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import comity
from comity.provenance import NothingFoundError, Run
from comity.workbench.output import note

if TYPE_CHECKING:
    from comity.cases import Case


def record_run(case: "Case", command: str, configuration: Mapping[str, object], *, seed: int = 0) -> Run:
    """Work out the id of this run and keep its record beside the case."""
    run = Run.of(
        command,
        version=comity.__version__,
        inputs={**case.fingerprint, **case.events.editions},
        configuration=configuration,
        sources=tuple(case.sources),
        seed=seed,
    )
    record = {
        "id": run.id,
        "command": run.command,
        "version": run.version,
        "inputs": dict(run.inputs),
        "configuration": dict(run.configuration),
        "sources": list(run.sources),
        "seed": run.seed,
    }
    try:
        folder = _folder(case)
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{run.id}.json").write_text(text, encoding="utf-8")
    except OSError as error:  # an answer is worth more than its record
        note(f"run {run.id} is not recorded: {error.strerror} ({_folder(case)})")
    return run


def tell_refusals(case: "Case") -> None:
    """Say on stderr how many rows of the tables read so far were refused."""
    for line in case.refusals:
        note(line)


def find_run(case: "Case", run_id: str) -> dict[str, Any]:
    """Find the record of a run.

    Raises
    ------
    NothingFoundError : nobody recorded it here
    """
    folder = _folder(case)
    known = sorted(path.stem for path in folder.glob("*.json"))
    if run_id not in known:
        raise NothingFoundError(
            f"no run {run_id!r}",
            where=f"case {case.id}",
            allowed=f"Known here: {', '.join(known[:5]) or 'none'}.",
            remedy="Make the answer again: the same inputs give the same id.",
        )
    found: dict[str, Any] = json.loads((folder / f"{run_id}.json").read_text(encoding="utf-8"))
    return found


def citations(case: "Case") -> list[dict[str, str]]:
    """How to cite every document and data set of a case."""
    return [
        {"id": source.id, "kind": source.kind, "cite": source.citation, "licence": source.licence}
        for source in case.sources.values()
    ]


def _folder(case: "Case") -> Path:
    return case.own_folder / "runs"
