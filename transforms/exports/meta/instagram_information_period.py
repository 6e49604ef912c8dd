"""Instagram, Download your information: what the account earned within a period of 90 days.

Three files with one range of days: audience, interactions and reach. A label that is missing is
not reported. What stands beside a figure, `+122,373% vs Jan 29 - Apr 28`, is a comparison and not
ours. A rounded figure, `10.6K`, is none to the unit and goes to quarantine.
"""

from transforms.cells import parse
from transforms.export import Export
from transforms.exports.meta import information
from transforms.layout import Layout
from transforms.reading.table import TextTable
from transforms.vocabulary import Vocabulary

LABELS = {
    "audience": ("follows", "unfollows", "net_follows"),
    "interactions": ("content_interactions",),
    "reach": ("accounts_reached", "impressions", "profile_visits", "link_taps"),
}
"""Root to the labels that are figures of the period there."""

FIGURES = {
    "gross_follows": parse.count("follows"),
    "lost_follows": parse.count("unfollows"),
    "net_follows": parse.signed_count("net_follows"),
    "interactions": parse.count("content_interactions"),
    "reach": parse.count("accounts_reached"),
    "impressions": parse.count("impressions"),
    "profile_views": parse.count("profile_visits"),
    "link_clicks": parse.count("link_taps"),
}


def _lay_out(table: TextTable, about: str, _: Vocabulary) -> Layout | None:
    said = information.cells(table)
    known = [label for label in LABELS[about] if said.get(label)]
    if not known:
        return None
    return information.lay_out_records(table, known, [[said[label] for label in known]])


EXPORT = Export(
    name="instagram_information_period",
    platform="instagram",
    title="Instagram, Download your information, figures of a period",
    vocabulary=information.NAMES,
    tables=("account_period",),
    columns=FIGURES,
    key=information.RANGE,
    optional=frozenset(column for parsed in FIGURES.values() for column in parsed.columns),
    titles=frozenset(LABELS),
    part="figures of the period",
    layout=_lay_out,
    checks=(information.RANGE_CHECK,),
    period="figures",
    derive=information.with_range,
    yearless=True,
    days_inside=information.NEWEST_DAY,
    days_covered=information.FIRST_AND_LAST,
    source=information.SOURCE,
    where=information.WHERE,
)
