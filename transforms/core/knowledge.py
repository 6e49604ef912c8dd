"""What a build may know: which rows of history are visible to it."""

from datetime import date, datetime
from typing import Literal, get_args

import polars as pl

Knowledge = Literal["latest", "reported", "loaded"]


class KnowledgeError(ValueError):
    """A build asks for knowledge without saying up to when."""


def visible(
    knowledge: Knowledge, *, as_of: date | None = None, cutoff: datetime | None = None
) -> pl.Expr:
    """Say which rows of a history table a build may read.

    Parameters
    ----------
    knowledge
        `latest`: all rows; `reported`: rows observed on or before `as_of`; `loaded`: rows
        that had reached us by `cutoff`, whatever they are about, so that it gives what
        `latest` gave then.
    cutoff
        UTC. Under `latest` and `reported` it narrows further when given, so that a night
        reads the loads that it records and no later one.

    Raises
    ------
    KnowledgeError
        `reported` without `as_of`, `loaded` without `cutoff`, or another word.
    """
    if knowledge not in get_args(Knowledge):
        raise KnowledgeError(f"knowledge {knowledge!r} is none of {', '.join(get_args(Knowledge))}")
    if knowledge == "loaded" and cutoff is None:
        raise KnowledgeError("knowledge 'loaded' needs a cutoff: the UTC moment of the last load")
    seen = pl.lit(value=True) if cutoff is None else pl.col("loaded_at") <= cutoff
    if knowledge != "reported":
        return seen
    if as_of is None:
        raise KnowledgeError("knowledge 'reported' needs as_of: the last day of observation")
    return seen & (pl.col("observed_on") <= as_of)
