"""Targeted reach: how many people of the target a mature post reaches."""

import numpy as np
import polars as pl

from transforms.fit.component import Component, Floats, Places


def targeted_reach(accounts: pl.DataFrame, share: Component, among: Places) -> Component:
    """Multiply the expected reach of each account by the share of its audience in the target.

    Parameters
    ----------
    accounts
        The panel's, with expected_reach (people, or views by reach_basis), n_reach_posts and
        reach_unknown_because.
    share
        Target share over the same panel, with its bounds.
    among
        Places of the accounts that compete for the brief.

    Returns
    -------
    Component
        `raw` in people with the bounds of the share; `value` the percentile among `among`, NaN
        elsewhere; known as far as the share is.
    """
    reach = floats(accounts["expected_reach"])
    people = reach * share.value
    value = np.full(len(people), np.nan)
    value[among] = percentile(people[among])
    return Component(
        name="targeted_reach",
        value=value,
        raw=people,
        raw_lo=None if share.raw_lo is None else reach * share.raw_lo,
        raw_hi=None if share.raw_hi is None else reach * share.raw_hi,
        raw_unit="person",
        known=np.where(np.isnan(people), 0.0, share.known),
        n=floats(accounts["n_reach_posts"]),
        basis=accounts["reach_basis"],
        method=share.method,
        observed_on=share.observed_on,
        unknown_because=_unknown_because(accounts, share),
        evidence=lambda places: _evidence(people, accounts["reach_basis"], places),
    )


def floats(column: pl.Series) -> Floats:
    """Turn a column of numbers into an array, null into NaN."""
    return column.cast(pl.Float64).fill_null(np.nan).to_numpy()


def percentile(figures: Floats) -> Floats:
    """Give the share of the known figures that is less, equal ones half; NaN where not known.

    Notes
    -----
    The mid-rank, `(less + equal / 2) / n`: a figure that stands alone has 0.5.
    """
    at = np.flatnonzero(~np.isnan(figures))
    shares = np.full(len(figures), np.nan)
    if len(at) == 0:
        return shares
    order = np.argsort(figures[at])
    ascending = figures[at][order]
    begins = np.flatnonzero(np.diff(ascending, prepend=-np.inf) > 0)
    ends = np.append(begins[1:], len(at))
    shares[at[order]] = np.repeat((begins + ends) / (2 * len(at)), ends - begins)
    return shares


def _unknown_because(accounts: pl.DataFrame, share: Component) -> pl.Series:
    reasons = pl.coalesce(accounts["reach_unknown_because"], share.unknown_because)
    return pl.select(reasons).to_series()


def _evidence(people: Floats, basis: pl.Series, places: Places) -> pl.Series:
    words = [
        None if np.isnan(count) else f"about {count:,.0f} of the target per post, by {of}"
        for count, of in zip(people[places], basis.gather(places), strict=True)
    ]
    return pl.Series(words, dtype=pl.String)
