"""Points of an account that posts so much that comparing all pairs would not fit in memory."""

import polars as pl


def thinned(points: pl.DataFrame, most: int, order: tuple[str, ...]) -> pl.DataFrame:
    """Take every k-th point of the groups that have more than `most`, so that no more are left.

    Parameters
    ----------
    points
        `group` and the columns of `order`.
    order
        Columns along which the points are taken, time first: an even sample of the window,
        the same whatever the order of the rows.
    """
    sizes = points.group_by("group").len()
    if sizes.is_empty() or sizes["len"].max() <= most:  # type: ignore[operator]
        return points
    step = (pl.len() / most).ceil().cast(pl.Int64)
    place = pl.int_range(pl.len())
    return points.sort("group", *order).filter((place % step == 0).over("group"))
