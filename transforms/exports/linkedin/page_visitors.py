"""LinkedIn page, visitors export, sheet Visitor metrics: views of the page per day.

Views and visitors stand for each part of the page and each kind of device; those of the whole page,
`Total ... (total)`, are read. Visitors of a page are not viewers of its posts and fill no column.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of
from transforms.export import CrossCheck, Export
from transforms.exports.linkedin.conventions import PAGE_SOURCE, dated
from transforms.vocabulary import read_vocabulary

VIEWS = parse.count("page_views")

EXPORT = Export(
    name="linkedin_page_visitors",
    platform="linkedin",
    title="LinkedIn page visitors, Visitor metrics, daily",
    vocabulary=read_vocabulary(__name__),
    tables=("account_day",),
    columns={"day": day_of("date"), "profile_views": VIEWS},
    key="date",
    cross_checks=(
        CrossCheck(
            name="desktop + mobile = total",
            metric="profile_views",
            said=VIEWS.value,
            found=parse.count("page_views_desktop").value + parse.count("page_views_mobile").value,
        ),
    ),
    derive=dated,
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source=PAGE_SOURCE,
    where="LinkedIn page, as admin > Analytics > Visitors > Export; keep the file's name",
)
