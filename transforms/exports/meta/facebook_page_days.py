"""Meta Business Suite, content export of Facebook pages, level Page: one row per day.

People who did anything with the Page, and negative feedback by kind: the figures the dialogue
offered for a Page in 2026. The tables of days have no column for either.
"""

from transforms.export import Export
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

EXPORT = Export(
    name="facebook_page_days",
    platform="facebook",
    title="Meta Business Suite content export, Facebook, level Page, daily",
    vocabulary=NAMES,
    tables=(),
    columns={},
    kept="people who engaged with a Page per day and its negative feedback, for which no table has "
    "a column: known, and not loaded. The Insights overview has reach and views per day",
    key="date",
    also_required=frozenset({"page_id"}),
    one_of=frozenset({"engaged_users", "negative_feedback", "negative_feedback_users"}),
    forbidden=frozenset({"post_id", "published", "views", "reach", "impressions"}),
    source="Real export of 2026, read 2026-11-23",
    where="Meta Business Suite > Insights > Content > Export data, level Page",
)
