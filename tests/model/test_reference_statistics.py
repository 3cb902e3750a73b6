"""The same statistics as eventnet 1.3, on every row that it wrote for the two reference cases."""

from datetime import date

import numpy as np
import pytest

from comity.model import STATISTICS, compute_statistics
from tests.model.worlds import read, reference_history


@pytest.mark.shared
@pytest.mark.parametrize(
    ("case", "table", "expected_rows"),
    [
        ("icews14-states30", "expected_statistics.csv.gz", 5_999),
        ("icews14-states284-sampled", "sampled_rows_with_statistics.csv.gz", 121_134),
    ],
)
def test_every_row_of_the_reference_is_met(shared, case, table, expected_rows):
    folder = shared / "reference" / "rem" / case
    rows = read(folder / table)
    expected = np.array([[float(row[one.name]) for one in STATISTICS] for row in rows])
    found = compute_statistics(
        reference_history(folder),
        [row["source"] for row in rows],
        [row["target"] for row in rows],
        [date.fromisoformat(row["date"]) for row in rows],
        half_life_days=30,
    )
    assert len(rows) == expected_rows
    assert np.abs(found - expected).max() < 1e-8
