import polars as pl
import pytest

from transforms.fit.audience.spoken import spoken
from transforms.places.languages import languages_of


def test_countries_of_one_language_add_up_and_those_of_several_are_split(told):
    rows = told({"a": {"country": {"AT": 0.2, "DE": 0.3, "FI": 0.4, "unreported": 0.1}}})
    places = rows.drop("platform", "account_id").with_columns(place=0)

    languages = spoken(places)

    shares = dict(languages.select("segment", "share").iter_rows())
    assert shares["de"] == pytest.approx(0.5)
    assert shares["sv"] == pytest.approx(0.4 * languages_of("FI")["sv"])
    assert shares["unreported"] == pytest.approx(0.1)
    assert languages["share"].sum() == pytest.approx(1)
    assert languages.schema == places.schema
    assert languages.select(pl.col("dimension", "method").unique()).rows() == [
        ("language", "from_countries")
    ]
