"""When a post was published, and what told so: the two columns always go together."""

import polars as pl

from transforms.cells.parse import Parsed, is_not_reported


def published(by: str, told: Parsed) -> dict[str, Parsed]:
    """Give `published_at` and `published_at_source` from a day or a moment.

    Parameters
    ----------
    by
        What told it: `post_id`, `file_datetime` or `file_day`.
    told
        Reads a Date (its midnight stands for it) or a Datetime in UTC. Where a cell stands that
        it cannot read, the record fails, so that the source needs no second look.
    """
    moment = told.mapped(lambda value: value.cast(pl.Datetime("us", "UTC")))
    source = pl.when(~is_not_reported(told.columns[0])).then(pl.lit(by))
    return {
        "published_at": moment,
        "published_at_source": Parsed(told.columns, source, pl.lit(value=False), ""),
    }
