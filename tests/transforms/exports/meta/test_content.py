import polars as pl
import pytest

from transforms.exports.meta import content as meta
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary("transforms.exports.meta.instagram_content")


def test_an_id_is_found_in_the_message_where_the_cell_is_blank():
    frame = pl.DataFrame(
        {
            "post_id": ["1", None, None],
            "data_comment": [
                None,
                "An error occurred while computing metadata for content with ID 42.",
                "something else",
            ],
        }
    )
    assert frame.select(meta.post_id().value).to_series().to_list() == ["1", "42", None]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("IG reel", "reel"), ("Carrossel do Instagram", "carousel"), ("Text", "text"),
     ("Context", "other"), (None, None)],
)  # fmt: skip
def test_a_format_is_a_word_within_the_post_type(cell, kind):
    frame = pl.DataFrame({"post_type": pl.Series([cell], dtype=pl.String)})
    assert frame.select(meta.format_of(NAMES).value).item() == kind


def refused(dates: list[str | None], ids: list[str]) -> str | None:
    return meta.refusal(NAMES)(
        pl.DataFrame({"date": pl.Series(dates, dtype=pl.String), "post_id": ids}).with_columns(
            published=pl.lit("03/09/2026 10:00")
        )
    )


def test_a_time_whose_day_stands_first_shows_that_all_are_turned_round():
    def turned(*cells: str | None) -> str | None:
        return meta.turned_round(pl.DataFrame({"published": pl.Series(cells, dtype=pl.String)}))

    assert "'13/06/2026 10:00' has the day before the month" in turned(
        "01/06/2026 10:00", " 13/06/2026 10:00", None
    )
    assert turned("03/31/2026 10:00", "3/31/2026 10:00", "12/01/2026 10:00", None) is None
    assert turned("2026-03-31 10:00", "") is None


def test_lifetime_of_every_language_is_read():
    assert refused(["Lifetime", "Vitalício", "Livstid"], ["1", "2", "3"]) is None


def test_ids_that_repeat_without_a_day_are_refused():
    assert "3 rows, 1 posts" in refused([None] * 3, ["1", "1", "1"])
    assert refused([None] * 2, ["1", "2"]) is None
    assert refused([], []) is None
