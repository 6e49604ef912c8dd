"""What is wrong with a request is said by field, before anything begins."""

import re
from datetime import UTC, date, datetime

import pytest

from flows.runs.request import BackfillRequest, Platform, RequestError, checked
from schemas.columns import PLATFORMS

DAY = date(2026, 3, 31)
_EMPTY = {"start": "date", "end": "date", "cutoff": "date-time"}
"""Fields that are empty unless they are filled in, to their format."""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "First day (start): empty"),
        ({"end": DAY}, "First day (start): empty"),
        (
            {"start": "2026-03-31", "end": "2026-03-01"},
            "Last day (end): 2026-03-01 lies before the first",
        ),
        ({"start": "31.03.2026"}, "First day (start): Input should be a valid date"),
        ({"start": DAY, "knowledge": "loaded"}, "Cutoff (cutoff): empty"),
        ({"start": DAY, "cutoff": "2026-03-31T04:15:00Z"}, "Cutoff (cutoff): goes with"),
        ({"start": DAY, "knowledge": "all"}, "Knowledge (knowledge): Input should be"),
        ({"start": DAY, "platforms": ["myspace"]}, "Platforms (platforms.0): Input should be"),
        ({"start": DAY, "creators": [" "]}, "Creators (creators): one of them is empty"),
        ({"start": DAY, "reason": "x" * 501}, "Reason (reason): String should have at most 500"),
        ({"start": DAY, "strat": DAY}, "strat: Extra inputs"),
        ([], "request: Input should be a valid dictionary"),
    ],
)
def test_a_wrong_request_names_the_field_by_its_title(asked, said):
    with pytest.raises(RequestError, match=f"^{re.escape(said)}"):
        checked(asked)


def test_a_value_that_cannot_be_read_is_shown():
    with pytest.raises(RequestError, match=r"; given is 'myspace'$"):
        checked({"start": DAY, "platforms": ["myspace"]})


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(RequestError) as wrong:
        checked({"knowledge": "loaded"})
    first, second = wrong.value.problems
    assert first.startswith("First day (start): empty; give")
    assert second.startswith("Cutoff (cutoff): empty; knowledge")
    assert str(wrong.value) == f"{first}; {second}"


def test_stale_days_need_no_days():
    assert BackfillRequest(only_stale=True).start is None


def test_a_cutoff_without_a_zone_is_utc():
    asked = BackfillRequest.model_validate(
        {"start": DAY, "knowledge": "loaded", "cutoff": "2026-04-01T04:00"}
    )
    assert asked.cutoff == datetime(2026, 4, 1, 4, tzinfo=UTC)


def test_every_field_of_the_form_has_a_title_and_a_description():
    for name, field in BackfillRequest.model_json_schema()["properties"].items():
        assert field["title"] != name
        assert field["description"].endswith(".")
        assert "default" in field or name in _EMPTY


def test_a_day_or_a_moment_that_may_stay_empty_is_one_field_of_its_type():
    fields = BackfillRequest.model_json_schema()["properties"]
    assert {name: fields[name]["format"] for name in _EMPTY} == _EMPTY
    assert not any("anyOf" in field for field in fields.values())


def test_the_platforms_of_the_form_are_those_of_the_tables():
    assert Platform.__args__ == PLATFORMS
