"""A run's id is a hash of what went in."""

from comity.provenance import Run


def run(**changes: object) -> Run:
    parts: dict[str, object] = {
        "version": "1",
        "inputs": {"a": "x", "b": "y"},
        "configuration": {"at": "2022-01-01"},
    }
    return Run.of("tie", **{**parts, **changes})  # type: ignore[arg-type]


def test_the_same_parts_in_another_order_give_the_same_id() -> None:
    assert run().id == run(inputs={"b": "y", "a": "x"}).id


def test_another_input_version_setting_or_seed_gives_another_id() -> None:
    others = [run(inputs={"a": "z"}), run(version="2"), run(configuration={"at": "2022-01-02"}), run(seed=2)]
    assert len({run().id, *(other.id for other in others)}) == 5
