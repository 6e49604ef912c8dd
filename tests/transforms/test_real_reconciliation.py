"""Real exports held against what they say twice: to the unit, or with the reason."""

from collections import Counter

import polars as pl
import pytest

from tests.transforms.test_real_exports import EXPORTS, deliveries, files_of
from transforms.deliveries.delivery import read_delivery

pytestmark = pytest.mark.skipif(
    not EXPORTS.is_dir(), reason=f"the real exports are not at {EXPORTS}: nothing to read"
)

KNOWN = {
    ("youtube_content", "total"): {"agrees", "capped", "channel_level", "absent_posts"},
    ("youtube_date", "total"): {"agrees", "capped"},
    ("youtube_breakdown", "total"): {"agrees", "withheld"},
}
"""Report and check to the outcomes that its real files may have; of all others, they agree."""

REACHED_UNSEEN = ("facebook_content", "reach <= views")
"""Two of 261 posts of one Page have a reach above their views; nothing is known to explain it."""


@pytest.fixture(scope="module")
def compared() -> pl.DataFrame:
    return pl.concat(
        reading.reconciliation.with_columns(export=pl.lit(reading.record.export))
        for folder in deliveries()
        for reading in read_delivery(list(files_of(folder)))
        if reading.reconciliation.height
    )


def test_every_outcome_has_a_reason_that_is_known_of_its_report(compared):
    found = Counter(compared.select("export", "check", "reason").iter_rows())
    surprising = {
        (export, check, reason): count
        for (export, check, reason), count in found.items()
        if reason not in KNOWN.get((export, check), {"agrees"})
    }
    assert surprising == {(*REACHED_UNSEEN, "unexplained"): 1}


def test_the_days_beside_a_total_add_up_to_it_to_the_unit(compared):
    days = compared.filter(check="days = total")
    assert days.height >= 5
    assert days["difference"].abs().max() < 0.01


def test_what_a_cut_list_and_absent_posts_are_to_explain_is_missing_and_never_too_much(compared):
    explained = compared.filter(pl.col("reason").is_in(["capped", "absent_posts", "withheld"]))
    assert explained.height > 0
    assert explained["difference"].max() < 0
