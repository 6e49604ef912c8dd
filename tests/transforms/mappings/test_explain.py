from transforms.deliveries.recognition.title import recognise_any
from transforms.exports import EXPORTS
from transforms.mappings.explain import explain
from transforms.reading.tables import read_tables


def fates(text: str, platform: str | None = None):
    (table,) = read_tables(text.encode(), "a.csv")
    ((recognition, table),) = recognise_any(table, EXPORTS, platform)
    return {fate.header: fate for fate in explain(table, recognition, EXPORTS)}


OVERVIEW = "Date,Video Views,Profile Views,Likes,Comments,Shares"


def test_a_known_header_says_where_it_goes_in_which_unit():
    found = fates(f"{OVERVIEW}\n2026-06-01,1,2,3,4,5\n")["Video Views"]
    assert found.becomes == ("account_day.views",)
    assert (found.unit, found.values, found.seen) == ("view", ("1",), True)
    assert "en" in found.language
    assert found.fate == "loaded as account_day.views"


def test_an_unknown_header_is_ignored():
    found = fates(f"{OVERVIEW},Wow\n2026-06-01,1,2,3,4,5,6\n")["Wow"]
    assert (found.column, found.fate, found.seen) == (None, "unknown: ignored", None)


def test_a_header_that_only_documentation_has_says_so():
    found = fates("Datum,Videovisningar,Målgrupp som nåtts\n2026-06-01,1,2\n", "tiktok")
    assert found["Videovisningar"].seen is False


def test_a_table_that_is_not_recognised_is_explained_by_the_nearest():
    found = fates("Date,Folowers\n2026-06-01,1\n", "tiktok")
    assert found["Date"].fate.startswith("not read: only like ")


def test_a_repeated_header_says_which_is_read():
    header = "Tiktoker name,Subscribers,Subscribers,Views avg."
    (table,) = read_tables(f"{header}\na,1K,1000,2\n".encode(), "a.csv")
    ((recognition, table),) = recognise_any(table, EXPORTS)
    said = [fate.fate for fate in explain(table, recognition, EXPORTS)]
    assert said[1].startswith("the first of 2 with this name")
    assert said[2].startswith("number 2 of 2 with this name")
