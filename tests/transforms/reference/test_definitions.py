from datetime import date

import polars as pl
import pytest

from schemas.contract import ContractError
from transforms.reference.definitions import DefinitionError, metric_definition

ROW = """
[[definition]]
platform = "tiktok"
metric = "views"
definition_id = "{id}"
valid_from = 2026-01-01
comparable_with_previous = false
source = "made up"
"""


def test_the_known_breaks_ship_with_a_source():
    breaks = metric_definition().filter(~pl.col("comparable_with_previous"))
    assert set(breaks.select("platform", "metric", "valid_from").rows()) == {
        ("facebook", "impressions", date(2025, 11, 15)),
        ("facebook", "impressions", date(2026, 6, 15)),
        ("instagram", "impressions", date(2025, 4, 21)),
        ("instagram", "video_views", date(2025, 1, 8)),
        ("instagram", "views", date(2025, 4, 21)),
        ("youtube", "views", date(2025, 3, 31)),
    }
    assert (breaks["source"].str.len_chars() > 20).all()


def test_what_is_not_confirmed_is_left_out():
    assert date(2026, 8, 24) not in metric_definition()["valid_from"]


def test_an_overlay_adds_a_row():
    made = metric_definition(ROW.format(id="tiktok-views-2"))
    assert made.height == metric_definition().height + 1
    assert "tiktok-views-2" in made["definition_id"]


def test_an_overlay_replaces_a_row_of_the_same_id():
    made = metric_definition(ROW.format(id="tiktok-views-1"))
    assert made.height == metric_definition().height
    assert made.filter(definition_id="tiktok-views-1")["valid_from"][0] == date(2026, 1, 1)


def test_an_empty_overlay_changes_nothing():
    assert metric_definition("").equals(metric_definition())


@pytest.mark.parametrize(
    ("overlay", "message"),
    [
        ("not toml", "no TOML"),
        (ROW.format(id="a") + 'colour = "red"', "unknown.*colour"),
        ('[[definition]]\nplatform = "tiktok"', "missing.*definition_id"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(overlay, message):
    with pytest.raises(DefinitionError, match=message):
        metric_definition(overlay)


def test_a_row_that_breaks_the_contract_is_refused():
    with pytest.raises(ContractError, match="platform"):
        metric_definition(ROW.format(id="a").replace("tiktok", "myspace"))
