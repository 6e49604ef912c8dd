import csv
import io

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from schemas.audience import UNREPORTED
from tests.transforms.deliveries.made_up import broken, read, rows, source
from transforms.cells import not_data, segments
from transforms.deliveries.delivery import DEFECT
from transforms.export import Export
from transforms.exports import EXPORTS
from transforms.shares import Distribution, count, percentage, share
from transforms.vocabulary import Name, Vocabulary


def names(**headers: str) -> Vocabulary:
    return Vocabulary(
        {column: (Name(spelled, "en"),) for column, spelled in headers.items()},
        {"total": (Name("Total", "en"),)},
    )


def export(name, vocabulary, distribution, key) -> dict[str, Export]:
    declared = Export(
        name=name,
        platform="tiktok",
        title="Made up",
        vocabulary=vocabulary,
        key=key,
        source="none",
        where="nowhere",
        **distribution.fields(),
    )
    return {name: declared}


FRACTIONS = export(
    "fractions",
    names(town="Town", fraction="Fraction"),
    Distribution(
        basis="followers",
        dimension="city",
        segment=segments.place("town"),
        figure=share("fraction"),
    ),
    "town",
)
PERCENTAGES = export(
    "percentages",
    names(town="Town", percent="Percent"),
    Distribution(
        basis="views",
        dimension="city",
        segment=segments.place("town"),
        figure=percentage("percent"),
    ),
    "town",
)
PLACES = names(id="Id", town="Town", plays="Plays")
COUNTS = export(
    "counts",
    PLACES,
    Distribution(
        basis="views",
        dimension="city",
        segment=segments.place("town"),
        figure=count("plays"),
        identity=("id", "town"),
        not_data=(not_data.total_row("id", PLACES),),
    ),
    "id",
)


def audience(reading) -> list[tuple]:
    return sorted(rows(reading, "audience", "segment", "share"))


def all_rows(readings) -> pl.DataFrame:
    """Give the history of a delivery without what names the file."""
    tables = [reading.tables["audience"] for reading in readings if reading.tables]
    told = ["basis", "dimension", "segment", "share", "distribution_id", "is_share_of_listed"]
    return pl.concat(tables).select(told).sort(told)


def counted(*lines: str, header="Id,Town,Plays") -> str:
    return "\n".join([header, *lines])


def one(text: str, exports: dict[str, Export]):
    (reading,) = read(source("tiktok/a/t.csv", text), exports=exports)
    return reading


def test_a_share_of_one_in_either_form_and_the_rest_are_rows():
    reading = one("Town,Fraction\nRibe,0.5\nHobro,37%", FRACTIONS)
    assert audience(reading) == [("Hobro", 0.37), ("Ribe", 0.5), (UNREPORTED, pytest.approx(0.13))]
    assert (reading.record.rows_in, reading.record.loaded) == (2, 2)
    assert set(rows(reading, "audience", "basis", "dimension")) == {("followers", "city")}
    assert reading.tables["audience"]["distribution_id"].n_unique() == 1


def test_percentages_need_no_sign():
    reading = one("Town,Percent\nRibe,35.13\nHobro,5%", PERCENTAGES)
    assert audience(reading) == [
        ("Hobro", 0.05),
        ("Ribe", pytest.approx(0.3513)),
        (UNREPORTED, pytest.approx(0.5987)),
    ]


def test_counts_are_of_the_total_row_which_is_no_data():
    reading = one(counted("Total,,100", "1,Ribe,60", "2,Hobro,30"), COUNTS)
    assert audience(reading) == [("Hobro", 0.3), ("Ribe", 0.6), (UNREPORTED, pytest.approx(0.1))]
    assert (reading.record.loaded, reading.record.not_data) == (2, 1)


def test_counts_without_a_total_say_that_they_are_of_what_is_listed():
    reading = one(counted("1,Ribe,60", "2,Hobro,20"), COUNTS)
    assert audience(reading) == [("Hobro", 0.25), ("Ribe", 0.75)]
    assert reading.tables["audience"]["is_share_of_listed"].all()
    assert any("no Total row" in note for note in reading.record.notes)


def test_what_quarantine_holds_is_unreported():
    reading = one(counted("Total,,100", "1,Ribe,60", "2,,30", "3,Hobro,x"), COUNTS)
    assert audience(reading) == [("Ribe", 0.6), (UNREPORTED, pytest.approx(0.4))]
    assert (reading.record.loaded, reading.record.quarantined) == (1, 2)
    assert [row[:3] for row in broken(reading)] == [
        (4, "Town", "segment is missing"),
        (5, "Plays", "is not a whole number of at least 0"),
    ]


def test_a_negative_share_is_no_share():
    reading = one("Town,Fraction\nRibe,0.5\nHobro,-0.1", FRACTIONS)
    assert audience(reading) == [("Ribe", 0.5), (UNREPORTED, 0.5)]
    assert [row[:3] for row in broken(reading)] == [
        (3, "Fraction", "is not a fraction of 1 or a percentage, at least 0"),
    ]


def test_a_segment_of_which_nothing_is_reported_is_no_data():
    reading = one("Town,Fraction\nRibe,0.5\nHobro,undefined", FRACTIONS)
    assert audience(reading) == [("Ribe", 0.5), (UNREPORTED, 0.5)]
    assert (reading.record.loaded, reading.record.not_data) == (1, 1)


def test_a_header_alone_is_empty():
    assert one("Town,Fraction", FRACTIONS).record.status == "empty"
    assert one(counted("Total,,100"), COUNTS).record.status == "empty"


def test_a_sum_above_one_refuses_the_file():
    reading = one("Town,Fraction\nRibe,0.5\nHobro,0.7", FRACTIONS)
    assert (reading.record.status, reading.tables) == ("refused", {})
    assert "sum to 1.2" in reading.record.reason


def test_two_towns_of_one_name_are_one_segment():
    reading = one(counted("1,Ribe,60", "2,Ribe,20", "3,Hobro,20"), COUNTS)
    assert audience(reading) == [("Hobro", 0.2), ("Ribe", 0.8)]
    assert reading.record.loaded == 3


def test_files_that_contradict_each_other_are_distributions_of_their_own():
    first, second = "Town,Fraction\nRibe,0.5", "Town,Fraction\nRibe,0.6"
    readings = read(
        source("tiktok/a/t.csv", first), source("tiktok/a/t (1).csv", second), exports=FRACTIONS
    )
    assert [audience(reading) for reading in readings] == [
        [("Ribe", 0.6), (UNREPORTED, 0.4)],
        [("Ribe", 0.5), (UNREPORTED, 0.5)],
    ]
    assert all_rows(readings)["distribution_id"].n_unique() == 2


def test_files_that_overlap_and_sum_to_too_much_are_distributions_of_their_own():
    first, second = "Town,Fraction\nRibe,0.9\nHobro,0.1", "Town,Fraction\nRibe,0.9\nSkive,0.1"
    readings = read(
        source("tiktok/a/t.csv", first), source("tiktok/a/u.csv", second), exports=FRACTIONS
    )
    assert [audience(reading) for reading in readings] == [
        [("Hobro", 0.1), ("Ribe", 0.9)],
        [("Ribe", 0.9), ("Skive", 0.1)],
    ]


CELLS = st.one_of(
    st.sampled_from(["", "DK", "Female", "18-24", "Total", "Others", "ZZ", "undefined", "Lund"]),
    st.sampled_from(["0", "0.5", "50%", "12", "1e400", "-1", "inf", "1,5", "99999999999999999999"]),
    st.text("aZ0.,%\u0661\u00a0-", max_size=6),
)
DECLARED = [export for export in EXPORTS.values() if export.complete and not export.titles]


@pytest.mark.parametrize("declared", DECLARED, ids=[export.name for export in DECLARED])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_whatever_stands_in_its_cells_an_audience_sums_to_one_or_is_refused(declared, data):
    required = sorted(declared.required)
    header = [declared.vocabulary.spell(column, "en") for column in required]
    row = st.lists(CELLS, min_size=len(header), max_size=len(header))
    written = io.StringIO()
    csv.writer(written).writerows([header, *data.draw(st.lists(row, max_size=8))])
    (reading,) = read(source(f"{declared.platform}/a/t.csv", written.getvalue()))
    assert not (reading.record.reason or "").startswith(DEFECT)
    for rows_of in reading.tables.values():
        assert rows_of["share"].sum() == pytest.approx(1, abs=1e-9)
        assert rows_of["segment"].is_unique().all()


LINES = ["1,Ribe,60", "2,Hobro,30", "3,,8", "4,Ribe,5", "5,Skive,0", "6,Tønder,x", "7,Lem,1"]
SHARES = ["Ribe,0.411", "Hobro,0.2", "Skive,0", "Lem,0.031", "Thy,x", ",0.1"]


def test_a_count_that_cannot_be_read_leaves_no_share_known_where_no_total_stands():
    (refused,) = read(
        source("tiktok/a/a.csv", "Id,Town,Plays\n1,Ribe,60\n2,Hobro,#REF!"), exports=COUNTS
    )
    assert refused.record.status == "refused"
    assert "count '#REF!' cannot be read" in refused.record.reason
    (with_total,) = read(
        source("tiktok/a/a.csv", "Id,Town,Plays\nTotal,,100\n1,Ribe,60\n2,Hobro,#REF!"),
        exports=COUNTS,
    )
    assert dict(with_total.tables["audience"].select("segment", "share").rows()) == {
        "Ribe": 0.6, "unreported": 0.4,
    }  # fmt: skip
    (total,) = read(
        source("tiktok/a/a.csv", "Id,Town,Plays\nTotal,,####\n1,Ribe,60\n2,Hobro,30"),
        exports=COUNTS,
    )
    assert "Total '####' cannot be read" in total.record.reason


@settings(max_examples=40, deadline=None)
@given(data=st.data(), has_total=st.booleans())
def test_counts_cut_shuffled_and_duplicated_are_the_same_history(data, has_total):
    unread = "6,Tønder,x"
    lines = [*LINES, "Total,,200"] if has_total else [line for line in LINES if line != unread]
    assert_same_however_cut(data, lines, "Id,Town,Plays", COUNTS)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_shares_cut_shuffled_and_duplicated_are_the_same_history(data):
    assert_same_however_cut(data, SHARES, "Town,Fraction", FRACTIONS)


def assert_same_however_cut(data, lines, header, exports) -> None:
    """Deal the lines to three files, then deliver one of the files twice."""
    order = data.draw(st.permutations(lines))
    dealt = data.draw(st.lists(st.integers(0, 2), min_size=len(lines), max_size=len(lines)))
    parts = [
        source(f"tiktok/a/part {part}.csv", "\n".join([header, *own]))
        for part in range(3)
        for own in [[line for line, to in zip(order, dealt, strict=True) if to == part]]
    ]
    twin = data.draw(st.sampled_from(parts))
    copies = [source("tiktok/a/copy.csv", twin.content)] if data.draw(st.booleans()) else []
    whole = read(source("tiktok/a/whole.csv", "\n".join([header, *lines])), exports=exports)
    cut = read(*parts, *copies, exports=exports)
    assert_frame_equal(all_rows(whole), all_rows(cut))
    assert all_rows(cut)["share"].sum() == pytest.approx(1, abs=1e-9)
    assert (all_rows(cut)["segment"] == UNREPORTED).sum() <= 1
    assert sum(reading.record.loaded for reading in cut) == whole[0].record.loaded


def test_many_parts_of_one_distribution_are_prepared_once_and_not_once_for_each():
    prepared = []

    def note(data, _):
        prepared.append(data.height)
        return data

    distribution = Distribution(
        basis="followers",
        dimension="city",
        segment=segments.place("town"),
        figure=count("followers"),
        prepare=note,
    )
    declared = export("counted", names(town="Town", followers="Followers"), distribution, "town")
    files = [source(f"tiktok/a/t ({n}).csv", f"Town,Followers\n{n},{n}\n") for n in range(5)]
    assert len(read(*files, exports=declared)) == 5
    assert len(prepared) == 5 + 5
