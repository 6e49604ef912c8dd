from datetime import date

import pytest

from schemas.audience import UNREPORTED
from tests.transforms.deliveries.made_up import broken, read_one, rows

ZIP = "youtube/anna/Viewer age 2026-03-01_2026-04-01 Anna.zip"


def age(header: str, *lines: str):
    return read_one(ZIP, "\n".join([header, *lines]), member="Table data.csv")


def test_bands_are_read_out_of_the_words_around_them():
    reading = age(
        "Viewer age,Views (%),Average view duration",
        "13\u201317 years,10.5,0:01:00",
        "18 a 24 anos,39.5,0:01:00",
        "65+ years,50,0:01:00",
    )
    assert rows(reading, "audience", "basis", "dimension", "segment", "share") == [
        ("views", "age", "13-17", 0.105),
        ("views", "age", "18-24", 0.395),
        ("views", "age", "65+", 0.5),
    ]


def test_the_period_is_that_of_the_zips_name():
    reading = age("Tittarnas ålder,Visningar (%)", "25\u201334 år,79.54")
    assert rows(reading, "audience", "account_ref", "period_start", "period_end", "share") == [
        ("anna", date(2026, 3, 1), date(2026, 3, 31), pytest.approx(0.7954)),
        ("anna", date(2026, 3, 1), date(2026, 3, 31), pytest.approx(0.2046)),
    ]


def test_what_rounding_leaves_is_no_segment():
    reading = age("Idade do espectador,Visualizações (%)", "18 a 24 anos,35.13", "65+,64.86")
    shares = dict(rows(reading, "audience", "segment", "share"))
    assert shares == {
        "18-24": pytest.approx(0.35133, abs=1e-5),
        "65+": pytest.approx(0.64866, 1e-4),
    }
    assert UNREPORTED not in shares


def test_words_without_a_band_are_quarantined():
    reading = age("Viewer age,Views (%)", "18\u201324 years,50", "unknown,50", "24-18,0")
    assert [row[1:] for row in broken(reading)] == [
        ("Viewer age", "is not an age band like 18-24 or 65+", "unknown"),
        ("Viewer age", "is not an age band like 18-24 or 65+", "24-18"),
    ]


def test_decimal_commas_of_a_spreadsheet_are_decimals():
    reading = age("Viewer age;Views (%)", "18\u201324 years;35,5", "65+ years;64,5")
    assert dict(rows(reading, "audience", "segment", "share")) == {"18-24": 0.355, "65+": 0.645}


def test_a_total_row_is_no_band():
    reading = age("Viewer age,Views (%)", "Total,100", "18\u201324 years,40", "65+ years,60")
    assert (reading.record.loaded, reading.record.not_data) == (2, 1)
