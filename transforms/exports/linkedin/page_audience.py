"""LinkedIn page, followers and visitors exports: who follows a page, and whose views it has.

One sheet per dimension: followers in `Total followers`, views of the page by visitors in `Total
views`. No sheet says the total, so that shares are of what it lists.
"""

from transforms.cells import segments
from transforms.export import Export
from transforms.exports.linkedin.conventions import PAGE_SOURCE
from transforms.shares import Distribution, count
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

FIGURES = {"followers": "followers", "views": "page_views"}
"""Whom the shares are of, to the column."""

DIMENSIONS = ("location", "job_function", "seniority", "industry", "company_size")


def _export(basis: str, dimension: str) -> Export:
    report = "followers" if basis == "followers" else "visitors"
    return Export(
        name=f"linkedin_page_{report}_{dimension}",
        platform="linkedin",
        title=f"LinkedIn page {report}, by {dimension.replace('_', ' ')}",
        vocabulary=NAMES,
        **Distribution(
            basis=basis,
            dimension=dimension,
            segment=segments.place(dimension),
            figure=count(FIGURES[basis]),
        ).fields(),
        key=dimension,
        forbidden=frozenset({*DIMENSIONS, "date"} - {dimension}),
        period="posts" if basis == "followers" else "figures",
        source=PAGE_SOURCE,
        where=f"LinkedIn page, as admin > Analytics > {report.title()} > Export; "
        "keep the file's name",
    )


EXPORTS = tuple(_export(basis, dimension) for basis in FIGURES for dimension in DIMENSIONS)
