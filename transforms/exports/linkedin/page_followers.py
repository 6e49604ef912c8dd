"""LinkedIn page, followers export, sheet New followers: followers gained per day.

Its `Total followers` are those gained on the day: organic, sponsored and, in newer files, invited
ones together. They are gross and no level, and nothing in the file is one.
"""

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of
from transforms.export import CrossCheck, Export
from transforms.exports.linkedin.conventions import PAGE_SOURCE, dated
from transforms.vocabulary import read_vocabulary

GAINED = parse.count("new_followers")
_INVITED = parse.count("invited_followers").value.fill_null(0)

EXPORT = Export(
    name="linkedin_page_followers",
    platform="linkedin",
    title="LinkedIn page followers, New followers, daily",
    vocabulary=read_vocabulary(__name__),
    tables=("account_day",),
    columns={"day": day_of("date"), "gross_follows": GAINED},
    key="date",
    also_required=frozenset({"organic_followers", "sponsored_followers"}),
    cross_checks=(
        CrossCheck(
            name="organic + sponsored + invited = total",
            metric="gross_follows",
            said=GAINED.value,
            found=parse.count("organic_followers").value
            + parse.count("sponsored_followers").value
            + _INVITED,
        ),
    ),
    derive=dated,
    days_inside=pl.col(DAY),
    days_covered=pl.col(DAY),
    source=PAGE_SOURCE,
    where="LinkedIn page, as admin > Analytics > Followers > Export; keep the file's name",
)
