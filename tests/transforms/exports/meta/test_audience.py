import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.deliveries.made_up import broken, read, read_one, rows, source

LYING = 'sep=,\n"Top cities"\n"Paris, France"," Lyon,  France ","Ghent, Belgium"\n"50","20.5","9"\n'
UPRIGHT = (
    'sep=,\n"Seguidores do Instagram pelos principais países"\n"Principais países","Valor"\n'
    '"Brasil","97,4%"\n"Índia","0,4%"\n"Atlântida","0,2%"\n'
)
CROSSED = (
    'sep=,\n"Age & gender"\n"","Women","Men"\n'
    '"18-24","30","10"\n"25-34","39.9","20"\n"65+","0","0.1"\n'
)


def shares(reading) -> dict[str, float]:
    return {
        segment: round(share, 6) for segment, share in rows(reading, "audience", "segment", "share")
    }


def test_a_list_that_lies_is_one_record_per_city_and_the_rest_is_unreported():
    reading = read_one("instagram/anna/Audience.csv", LYING)
    assert (reading.record.export, reading.record.rows_in) == ("instagram_audience_city", 3)
    assert shares(reading) == {
        "Paris, France": 0.5,
        "Lyon, France": 0.205,
        "Ghent, Belgium": 0.09,
        "unreported": 0.205,
    }
    assert set(rows(reading, "audience", "basis", "dimension")) == {("followers", "city")}


def test_a_list_that_stands_is_read_with_decimal_commas_and_country_names_of_its_language():
    reading = read_one("instagram/anna/seg_paises.csv", UPRIGHT)
    assert (reading.record.export, reading.record.language) == ("instagram_audience_country", "pt")
    assert shares(reading) == {"BR": 0.974, "IN": 0.004, "unreported": 0.022}
    assert [(row, value) for row, _, _, value in broken(reading)] == [(3, "Atlântida")]


def test_one_figure_is_a_list_that_lies_if_it_stands_first_and_that_stands_if_not():
    lying = read_one("instagram/anna/a.csv", 'sep=,\n"Top cities"\n"Paris","Lyon"\n"60","40"\n')
    standing = read_one(
        "instagram/anna/b.csv", 'sep=,\n"Top cities"\n"City","Value"\n"Paris","60"\n'
    )
    assert shares(lying) == {"Paris": 0.6, "Lyon": 0.4}
    assert shares(standing) == {"Paris": 0.6, "unreported": 0.4}


@pytest.mark.parametrize("order", [("Women", "Men"), ("Men", "Women")])
def test_a_cross_table_is_one_record_per_figure_in_either_order_of_its_columns(order):
    figures = {"Women": ("30", "39.9", "0"), "Men": ("10", "20", "0.1")}
    lines = [f'"","{order[0]}","{order[1]}"']
    for place, age in enumerate(("18-24", "25-34", "65+")):
        lines.append(f'"{age}","{figures[order[0]][place]}","{figures[order[1]][place]}"')
    content = "\n".join(["sep=,", '"Age & gender"', *lines, ""])
    reading = read_one("instagram/anna/Audience.csv", content)
    assert reading.record.rows_in == reading.record.loaded == 6
    assert shares(reading) == {
        "18-24:female": 0.3,
        "18-24:male": 0.1,
        "25-34:female": 0.399,
        "25-34:male": 0.2,
        "65+:female": 0.0,
        "65+:male": 0.001,
    }


def test_a_gender_no_name_is_known_for_is_quarantined_and_its_share_unreported():
    content = CROSSED.replace('"Men"', '"Men","Penguins"').replace('"0.1"', '"0.05","0.05"')
    content = content.replace('"10"', '"5","5"').replace('"20"', '"10","10"')
    reading = read_one("instagram/anna/Audience.csv", content)
    assert (reading.record.loaded, reading.record.quarantined) == (6, 3)
    assert shares(reading)["unreported"] == 0.1505
    assert broken(reading)[0][3] == "18-24:Penguins"


def test_the_blocks_of_one_file_stand_in_any_order_and_one_folder_tells_their_network():
    blocks = [LYING.removeprefix("sep=,\n"), CROSSED.removeprefix("sep=,\n")]
    for order in (blocks, blocks[::-1]):
        readings = read(source("facebook/anna/Audience.csv", "sep=,\n" + "\n".join(order)))
        assert {reading.record.export for reading in readings} == {
            "facebook_audience_city",
            "facebook_audience_age_gender",
        }
        for reading in readings:
            assert math.isclose(sum(shares(reading).values()), 1, abs_tol=1e-6)


def test_percentages_that_became_dates_are_refused():
    content = "Top cities;;\nЛъки;Дивин;Пловдив\n17.юни;20.5;9\n"
    reading = read_one("instagram/anna/Audience.csv", content.encode("cp1251"))
    assert (reading.record.status, reading.record.loaded) == ("refused", 0)
    assert "turned figures into dates" in reading.record.reason
    assert "load it unopened" in reading.record.reason
    crossed = CROSSED.replace('"39.9"', '"2026-09-03"')
    assert read_one("instagram/anna/a.csv", crossed).record.status == "refused"


def test_tables_whose_blank_line_is_gone_are_refused():
    content = UPRIGHT + '"Seguidores do Instagram pelas principais cidades"\n"Cidades","Valor"\n'
    reading = read_one("instagram/anna/Audience.csv", content + '"Pelotas","70,2%"\n')
    assert reading.record.status == "refused"
    assert "blank line" in reading.record.reason


@pytest.mark.parametrize(
    "records",
    ['"a","b","c"\n"Paris","1","2"\n"Lyon","3","4"', '"Date","Primary"\n"2026-05-25T00:00:00","1"'],
)
def test_a_layout_nobody_knows_is_refused(records):
    reading = read_one("instagram/anna/Audience.csv", f'sep=,\n"Top cities"\n{records}\n')
    assert reading.record.status == "refused"
    assert "in two records or two columns" in reading.record.reason


def test_two_audiences_a_browser_numbered_are_of_two_networks_and_refused():
    other = LYING.replace('"50"', '"40"').replace('"20.5"', '"10"').replace('"9"', '"8"')
    first, second = read(
        source("instagram/anna/Audience.csv", LYING),
        source("instagram/anna/Audience (1).csv", other),
    )
    assert [reading.record.status for reading in (first, second)] == ["refused", "refused"]
    assert "instagram/anna/Audience.csv" in first.record.reason
    named = read(
        source("instagram/anna/Audience 2026-05-01.csv", LYING),
        source("instagram/anna/Audience 2026-06-01.csv", other),
    )
    assert [reading.record.status for reading in named] == ["loaded", "loaded"]


def test_two_audiences_downloaded_on_different_days_are_two_observations_of_one_account():
    other = LYING.replace('"50"', '"40"').replace('"20.5"', '"10"').replace('"9"', '"8"')
    april, may = date(2026, 4, 30), date(2026, 5, 31)
    found = read(
        source("instagram/anna/Audience.csv", LYING, modified_on=april),
        source("instagram/anna/Audience (1).csv", other, modified_on=may),
    )
    assert {reading.record.status for reading in found} == {"loaded"}
    assert {reading.record.observed_on for reading in found} == {april, may}


def test_its_day_is_the_newest_that_siblings_cover():
    days = 'sep=,\n"Instagram reach"\n"Date","Primary"\n"2026-05-25T00:00:00","1"\n'
    audience, _ = read(
        source("instagram/anna/Audience.csv", LYING), source("instagram/anna/Reach.csv", days)
    )
    record = audience.record
    assert (str(record.observed_on), record.observed_on_source) == ("2026-05-25", "period_end")
    assert record.observed_on_is_exact is False


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.integers(1, 60), min_size=2, max_size=10),
    st.sampled_from(["{}", "{}%", "{},0%", "{}.0"]),
)
def test_the_same_list_means_the_same_lying_and_standing(figures, spelled):
    """Layout, percent sign and decimal comma change nothing."""
    names = [f"City {number}" for number in range(len(figures))]
    lying = [
        '"' + '","'.join(cells) + '"' for cells in (names, [spelled.format(n) for n in figures])
    ]
    standing = [f'"{name}","{spelled.format(n)}"' for name, n in zip(names, figures, strict=True)]
    one = read_one("instagram/a/a.csv", "\n".join(["sep=,", '"Top cities"', *lying]))
    two = read_one("instagram/a/a.csv", "\n".join(["sep=,", '"Top cities"', '"C","V"', *standing]))
    assert one.record.status == two.record.status
    if one.record.status == "loaded":
        assert shares(one) == shares(two)
        assert math.isclose(sum(shares(one).values()), 1, abs_tol=1e-4)


TITLES = ("Age & gender", "Top cities", "Top countries", "Instagram followers", "Views", "Reach")
cells = st.sampled_from(
    ["", "18-24", "Women", "Paris", "Date", "Primary", "5", "1,5%", "99", "1.y"]
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(TITLES),
            st.lists(st.lists(cells, min_size=1, max_size=3), max_size=4),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_stands_under_a_title_is_loaded_or_has_a_reason(tables):
    """No cell is a defect of ours, and every record is accounted for."""
    lines = ["sep=,"]
    for title, records in tables:
        lines += [title, *(",".join(f'"{cell}"' for cell in record) for record in records), ""]
    for reading in read(source("instagram/anna/2026-05-01/Audience.csv", "\n".join(lines))):
        record = reading.record
        assert not (record.reason or "").startswith("defect"), record.reason
        assert record.status == "loaded" or record.reason
        assert record.rows_in == record.loaded + record.quarantined + record.not_data
        if record.loaded and "audience" in reading.tables:
            assert reading.tables["audience"]["share"].is_between(0, 1).all()


def test_followers_whose_gender_meta_does_not_know_are_unreported():
    content = CROSSED.replace('"Men"', '"Men","Unknown"').replace('"0.1"', '"0.05","0.05"')
    content = content.replace('"10"', '"5","5"').replace('"20"', '"10","10"')
    reading = read_one("instagram/anna/Audience.csv", content)
    assert (reading.record.loaded, reading.record.quarantined) == (9, 0)
    assert shares(reading)["unreported"] == 0.1505


def test_a_single_gender_is_a_cross_table_as_well():
    content = 'sep=,\n"Age & gender"\n"","Women"\n"18-24","60"\n"65+","40"\n'
    reading = read_one("instagram/anna/Audience.csv", content)
    assert shares(reading) == {"18-24:female": 0.6, "65+:female": 0.4}


def test_percentages_that_a_workbook_made_fractions_of_are_percentages_again():
    lying = 'sep=,\n"Top cities"\n"Paris, France","Lyon, France"\n"0.051","0.01"\n'
    upright = 'sep=;\n"Top countries"\n"Country";"Value"\n"Brasil";"0,974"\n"India";"0,01"\n'
    crossed = 'sep=,\n"Age & gender"\n"","Women","Men"\n"18-24","0.4","0.6"\n'
    assert shares(read_one("instagram/anna/a.csv", lying)) == {
        "Paris, France": 0.051,
        "Lyon, France": 0.01,
        "unreported": 0.939,
    }
    assert shares(read_one("instagram/anna/b.csv", upright)) == {
        "BR": 0.974,
        "IN": 0.01,
        "unreported": 0.016,
    }
    assert shares(read_one("instagram/anna/c.csv", crossed)) == {
        "18-24:female": 0.4,
        "18-24:male": 0.6,
    }


def test_small_percentages_stay_percentages():
    content = 'sep=,\n"Top cities"\n"Paris, France","Lyon, France"\n"0.5","0.4"\n'
    reading = read_one("instagram/anna/a.csv", content)
    assert shares(reading)["Paris, France"] == 0.005


@pytest.mark.parametrize("figure", ["--", "<0.1%"])
def test_a_name_without_a_figure_spoils_no_list(figure):
    content = f'sep=,\n"Top countries"\n"Denmark","Sweden"\n"{figure}","3"\n'
    reading = read_one("instagram/anna/a.csv", content)
    assert shares(reading) == {"SE": 0.03, "unreported": 0.97}
    assert reading.record.rows_in == 2


def test_towns_are_cities_in_british_english():
    reading = read_one(
        "facebook/anna/Audience.csv", LYING.replace("Top cities", "Top towns/cities")
    )
    assert reading.record.export == "facebook_audience_city"
    assert shares(reading)["Paris, France"] == 0.5
