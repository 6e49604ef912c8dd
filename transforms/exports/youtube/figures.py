"""The figures that YouTube Studio tells of a channel, whatever a report cuts them by."""

from collections.abc import Mapping

import polars as pl

from transforms.cells import parse
from transforms.cells.money import revenue
from transforms.cells.parse import Parsed

OF_CHANNEL: dict[str, Parsed] = {
    "views": parse.count("views"),
    "engaged_views": parse.count("engaged_views"),
    "impressions": parse.count("impressions"),
    "impressions_ctr_share": parse.percent_share("impressions_ctr"),
    "unique_viewers": parse.count("unique_viewers"),
    "likes_net": parse.signed_count("likes"),
    "comments_net": parse.signed_count("comments"),
    "shares_net": parse.signed_count("shares"),
    "gross_follows": parse.count("subscribers_gained"),
    "lost_follows": parse.count("subscribers_lost"),
    "net_follows": parse.signed_count("subscribers"),
    "watch_time_s": parse.hours_as_s("watch_time"),
    "average_view_duration_s": parse.duration_hms_s("average_view_duration"),
    "average_viewed_share": parse.percent_share("average_viewed"),
    **revenue("revenue"),
}

_MEANS = ("average_view_duration_s", "average_viewed_share", "impressions_ctr_share")


def columns_of(figures: Mapping[str, Parsed]) -> frozenset[str]:
    """Give the canonical columns that figures are read from."""
    return frozenset(column for parsed in figures.values() for column in parsed.columns)


def charted(figures: Mapping[str, Parsed]) -> dict[str, Parsed]:
    """Give figures as a chart has them: a mean or a rate of 0 is none.

    Where nothing was shown or watched on a day, Studio fills them with 0, where the Table data are
    blank (real files of 2026, read 2026-11-23).
    """
    return {
        name: parsed.mapped(lambda value: pl.when(value != 0).then(value))
        if name in _MEANS
        else parsed
        for name, parsed in figures.items()
    }
