"""Total rows held against the daily figures that lie beside them."""

from tests.transforms.deliveries.made_up import read, source

FOLDER = "youtube/anna/Content 2026-05-01_2026-05-04 Anna"
TABLE = "Content,Video title,Views,Subscribers\nTotal,,9,3\naaaaaaaaaa1,A,7,1\n"


def totals(*views, first=1, header="Date,Views\n"):
    return header + "".join(f"2026-05-{day:02d},{n}\n" for day, n in enumerate(views, first))


def compared(*files):
    readings = read(*(source(f"{FOLDER}/{name}", text) for name, text in files))
    return [
        (row["metric"], row["said"], row["found"], row["records"], row["reason"])
        for reading in readings
        for row in reading.reconciliation.filter(check="days = total").to_dicts()
    ]


def test_the_days_beside_a_total_add_up_to_it():
    assert compared(("Table data.csv", TABLE), ("Totals.csv", totals(2, 3, 4))) == [
        ("views", 9, 9, 3, "agrees")
    ]


def test_the_subscribers_of_a_channel_are_those_of_its_days():
    days = totals("2,1", "3,1", "4,1", header="Date,Views,Subscribers\n")
    assert compared(("Table data.csv", TABLE), ("Totals.csv", days)) == [
        ("views", 9, 9, 3, "agrees"),
        ("net_follows", 3, 3, 3, "agrees"),
    ]


def test_days_that_do_not_add_up_are_unexplained():
    assert compared(("Table data.csv", TABLE), ("Totals.csv", totals(2, 3, 5))) == [
        ("views", 9, 10, 3, "unexplained")
    ]


def test_days_of_another_period_or_with_a_gap_are_not_compared():
    assert compared(("Table data.csv", TABLE), ("Totals.csv", totals(2, 3, 4, 5))) == []
    assert compared(("Table data.csv", TABLE), ("Totals.csv", totals(2, 3, 4, first=2))) == []
    assert (
        compared(
            ("Table data.csv", TABLE), ("Totals.csv", "Date,Views\n2026-05-01,5\n2026-05-03,4\n")
        )
        == []
    )


def test_a_figure_that_a_day_lacks_is_not_compared():
    assert compared(("Table data.csv", TABLE), ("Totals.csv", totals(2, "", 4))) == []


def test_two_reports_of_the_same_days_tell_nothing():
    assert (
        compared(
            ("Table data.csv", TABLE),
            ("Totals.csv", totals(2, 3, 4)),
            ("Totals (1).csv", totals(2, 3, 5)),
        )
        == []
    )


def test_a_daily_report_with_a_total_is_held_against_the_one_without():
    table = "Date,Views\nTotal,9\n2026-05-01,2\n2026-05-02,3\n2026-05-03,4\n"
    assert compared(("Table data.csv", table), ("Totals.csv", totals(2, 3, 4))) == [
        ("views", 9, 9, 3, "agrees")
    ]
