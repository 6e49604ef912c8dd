"""From accounts to creators: who has an account on a brief's platforms, and what weighs it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from transforms.fit.accounts.targeted_reach import floats
from transforms.fit.component import Component, Floats, Places

COMBINED_BY = ("targeted_reach", "followers", "equal")
"""What weighs the accounts of a creator, the first that is known of all of them."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Creators:
    """The creators of a brief over their accounts, both in the order of their ids.

    Attributes
    ----------
    accounts
        Those on the brief's platforms, grain (creator_id, platform, account_id), sorted by it;
        `place` is their place in the panel.
    place
        The same as an array.
    first
        Where each creator's accounts begin.
    """

    accounts: pl.DataFrame
    place: Places
    first: Places

    def __len__(self) -> int:
        return len(self.first)

    @property
    def n_accounts(self) -> Places:
        """Count the accounts of each creator."""
        return np.diff(self.first, append=len(self.place))

    @property
    def of_account(self) -> Places:
        """Number the creator of each account."""
        return np.repeat(np.arange(len(self)), self.n_accounts)

    @property
    def creator_id(self) -> pl.Series:
        """Name the creators."""
        return self.accounts["creator_id"].gather(self.first)

    def total(self, figures: Floats) -> Floats:
        """Sum a figure of the accounts by creator."""
        return np.add.reduceat(figures, self.first)

    def has_any(self, flags: np.ndarray) -> np.ndarray:
        """Say whether any account of the creator has it."""
        return np.logical_or.reduceat(flags, self.first)


@dataclass(frozen=True, kw_only=True, eq=False)
class AccountWeights:
    """What each account counts in its creator's values.

    Attributes
    ----------
    weight
        Of every account; those of a creator sum to 1.
    combined_by
        Of every creator, its place in COMBINED_BY.
    lead
        Of every creator, its heaviest account; of equals the first.
    """

    weight: Floats
    combined_by: Places
    lead: Places


def in_order(accounts: pl.DataFrame) -> pl.DataFrame:
    """Sort a panel's accounts by creator, so that their order in the panel changes nothing.

    Returns
    -------
    DataFrame
        The accounts with `place`, their place in the panel.
    """
    return accounts.with_row_index("place").sort("creator_id", "platform", "account_id")


def creators_on(ordered: pl.DataFrame, platforms: Sequence[str]) -> Creators:
    """Keep the accounts on some platforms, all for none named, and find their creators."""
    kept = ordered.filter(pl.col("platform").is_in(platforms)) if platforms else ordered
    is_first = kept["creator_id"].ne_missing(kept["creator_id"].shift()).to_numpy()
    return Creators(
        accounts=kept,
        place=kept["place"].to_numpy().astype(np.intp),
        first=np.flatnonzero(is_first),
    )


def account_weights(creators: Creators, people: Floats) -> AccountWeights:
    """Weigh the accounts of each creator.

    Parameters
    ----------
    creators
        At least one.
    people
        Targeted reach of each account of `creators`; NaN where it is not known.

    Notes
    -----
    By targeted reach where it is known of all accounts of the creator and reaches anybody, else
    by followers on the same terms, else all alike: a mixture would set people beside followers.
    """
    followers = floats(creators.accounts["followers"])
    totals = np.stack([creators.total(people), creators.total(followers)])
    is_usable = np.nan_to_num(totals) > 0
    combined_by = np.where(is_usable.any(axis=0), is_usable.argmax(axis=0), 2)
    own, of_account = combined_by[creators.of_account], creators.of_account
    weight = np.choose(own, [people, followers, np.ones(len(people))])
    weight = weight / creators.total(weight)[of_account]
    heaviest = np.maximum.reduceat(weight, creators.first)
    leads = np.flatnonzero(weight == heaviest[of_account])
    _, first_lead = np.unique(of_account[leads], return_index=True)
    return AccountWeights(weight=weight, combined_by=combined_by, lead=leads[first_lead])


def combine(
    creators: Creators, weights: AccountWeights, component: Component
) -> tuple[Floats, Floats]:
    """Give a component's value and known share of each creator.

    Returns
    -------
    tuple
        Mean value over the accounts that know it, their weights made to sum to 1, NaN where no
        account of any weight knows it; and the share of what it needs that was known, where an
        account that does not know it counts as nothing known.
    """
    value = component.value[creators.place]
    known = np.where(np.isnan(value), 0.0, component.known[creators.place])
    return weighted_mean(creators, weights, value), creators.total(weights.weight * known)


def weighted_mean(creators: Creators, weights: AccountWeights, figures: Floats) -> Floats:
    """Average a figure over the accounts that have it, NaN where none of any weight has."""
    is_known = ~np.isnan(figures)
    weight = creators.total(np.where(is_known, weights.weight, 0.0))
    summed = creators.total(np.where(is_known, weights.weight * figures, 0.0))
    return np.divide(summed, weight, out=np.full(len(weight), np.nan), where=weight > 0)
