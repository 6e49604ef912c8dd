"""The SQL beside which the fit is timed gives the same figures, by another road."""

import pytest
from polars.testing import assert_frame_equal

from tests.benchmarks import fit_sides, fit_tables
from tests.benchmarks.stages import Stages


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fit")
    fit_tables.write(folder, n_creators=2_000, n_briefs=6, seed=3)
    return {side: run(folder, Stages(fit_sides.STAGES)) for side, run in fit_sides.SIDES.items()}


@pytest.mark.parametrize("side", ["ours", "with words"])
def test_the_figures_are_those_of_plain_sql(made, side):
    theirs = made["baseline"]
    ours = made[side].select(theirs.columns)

    assert theirs.height == 12_000
    assert_frame_equal(ours, theirs, check_dtypes=False, abs_tol=1e-9)


def test_creators_with_one_and_two_accounts_barred_and_unscored_are_among_them(made):
    theirs = made["baseline"]

    assert theirs["n_accounts"].unique().sort().to_list() == [1, 2]
    assert theirs["combined_by"].n_unique() == 3
    assert theirs["is_eligible"].n_unique() == 2
    assert 0 < theirs["score"].null_count() < theirs.height
