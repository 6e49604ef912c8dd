"""Whatever stands in a workbook named as LinkedIn's, no cell of it is a defect of ours."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.exports.linkedin.workbooks import MEMBER, PAGE, POST, read_sheets

SHEETS = ("DISCOVERY", "ENGAGEMENT", "TOP_POSTS", "FOLLOWERS", "AUDIENCE_DEMOGRAPHICS",
          "CONTENT_DEMOGRAPHICS", "DEMOGRAPHICS", "Metrics", "All_posts")  # fmt: skip
HEADERS = (
    ["Overall Performance", "12/10/2025 - 12/16/2025"],
    ["Date", "Impressions", "Engagements"],
    ["Post URL", "Post publish date", "Engagements", "481", "Post URL", "Date", "Impressions"],
    ["Date", "New followers"],
    ["Top Demographics", "Value", "Percentage"],
    ["Date", "Impressions (total)", "Impressions (sponsored)", "Unique impressions (organic)"],
    ["Post title", "Post link", "Post type", "Impressions", "Follows"],
    ["Location", "Total followers"],
)
CELLS = ("", "12/16/2025", "Location", "Company", "< 1%", "40%", "0.4", "-28", "7", "481", "Total",
         "Organic", "Sponsored", "Members reached", f"{POST}7406535690785632256", "x", "1e9",
         "Total followers on 12/16/2025", "A sentence.")  # fmt: skip

records = st.lists(st.lists(st.sampled_from(CELLS), max_size=7), max_size=5)
sheets = st.builds(
    lambda above, header, below: [*above, header, *below],
    st.lists(st.lists(st.sampled_from(CELLS), max_size=2), max_size=2),
    st.sampled_from(HEADERS),
    records,
)


@settings(deadline=None, max_examples=150)
@given(st.dictionaries(st.sampled_from(SHEETS), sheets, min_size=1, max_size=4),
       st.sampled_from((MEMBER, PAGE, "linkedin/anna/a.xlsx")))  # fmt: skip
def test_every_sheet_is_loaded_or_has_a_reason(tables, name):
    for reading in read_sheets(name, **tables).values():
        record = reading.record
        assert not (record.reason or "").startswith("defect"), record.reason
        assert record.status == "loaded" or record.reason
        assert record.rows_in == record.loaded + record.quarantined + record.not_data
        if "audience" in reading.tables:
            assert reading.tables["audience"]["share"].is_between(0, 1).all()
