import csv
import io
from datetime import date

import pytest

from tests.sample import youtube_audience
from tests.sample.__main__ import SEED
from tests.sample.inbox import simulations

SPRING = date(2025, 3, 1), date(2025, 5, 31)
JUNE = date(2025, 6, 8), date(2025, 6, 30)
CHANNELS = {
    handle: truth
    for (platform, handle), truth in simulations(SEED).items()
    if platform == "youtube"
}


def _tables(handle: str, name: str, span: tuple[date, date] = SPRING) -> dict[str, list[list[str]]]:
    members = youtube_audience.report(CHANNELS[handle], name, *span)
    return {
        member: list(csv.reader(io.StringIO(content.decode())))
        for member, content in members.items()
    }


def test_ages_have_no_total_leave_out_what_is_withheld_and_sum_to_all_that_is_listed():
    header, *rows = _tables("shorts-break-bo", "age")["Table data.csv"]

    assert header[:2] == ["Viewer age", "Views (%)"]
    assert [row[0] for row in rows] == [
        f"{low}\N{EN DASH}{low + span} years" for low, span in ((18, 6), (25, 9), (35, 9), (45, 9))
    ]
    assert sum(float(row[1]) for row in rows) == pytest.approx(100, abs=0.03)


def test_a_portuguese_channel_spells_its_bands_with_a_word():
    header, first, *_ = _tables("steady-sara", "age")["Dados da tabela.csv"]

    assert header == ["Idade do espectador", "Visualizações (%)"]
    assert first[0] == "18 a 24 anos"


def test_the_total_of_the_geography_counts_the_countries_that_are_withheld():
    tables = _tables("youngposts-yrsa", "country", JUNE)
    _, total, *rows = tables["Tabelldata.csv"]
    totals = tables["Totalt.csv"]

    assert total[0] == "Totalt"
    assert [row[0] for row in rows] == ["SE", "FI", "NO"]
    assert sum(int(row[1]) for row in rows) < int(total[1])
    assert int(total[1]) == sum(int(row[1]) for row in totals[1:])
    assert int(total[1]) == youtube_audience.period_views(CHANNELS["youngposts-yrsa"], *JUNE).sum()


def test_cities_carry_a_feature_id_and_a_name_with_their_country():
    header, total, first, *_ = _tables("shorts-break-bo", "city")["Table data.csv"]

    assert header[:2] == ["Cities", "City name"]
    assert total[:2] == ["Total", ""]
    assert first[0].startswith("0x")
    assert first[1] == "London, UK"


def test_the_chart_lists_the_greatest_rows_day_by_day():
    chart = _tables("shorts-break-bo", "country")["Chart data.csv"]

    assert chart[0] == ["Date", "Geography", "Views"]
    assert len(chart) == 1 + 3 * 92
    assert chart[1][:2] == ["2025-03-01", "GB"]


def test_only_the_zip_tells_the_period():
    name = youtube_audience.zip_name(CHANNELS["youngposts-yrsa"], "age", *JUNE)

    assert name == "Tittarnas ålder 2025-06-08_2025-07-01 Young Posts Yrsa.zip"
