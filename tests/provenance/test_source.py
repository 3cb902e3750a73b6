"""A source knows how it is cited."""

from comity.provenance import Source


def test_the_stated_citation_is_used() -> None:
    assert Source("x", "dataset", "T", cite="Doe (2020), T.").citation == "Doe (2020), T."


def test_without_one_it_is_put_together() -> None:
    source = Source(
        "000", "document", "On ties", authors=("A. Doe", "B. Roe"), publisher="Press", edition="2023-04"
    )
    assert source.citation == "A. Doe; B. Roe. (2023). On ties. Press"
