"""What is known of each creator for one brief: components of accounts, combined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from schemas.brief import Brief
from transforms.fit.accounts.targeted_reach import percentile
from transforms.fit.component import Component, Floats
from transforms.fit.creators import (
    AccountWeights,
    Creators,
    account_weights,
    combine,
    weighted_mean,
)
from transforms.fit.score import Matrix


@dataclass(frozen=True, kw_only=True, eq=False)
class Asked:
    """What a brief asks for, over the accounts of a panel.

    Attributes
    ----------
    components
        Name to component, in the order of COMPONENTS; without those the brief does not ask for.
    share, reach
        Target share and targeted reach, whether or not they are among the components.
    parts
        Dimension to its part of audience_match, in the order of TARGET_DIMENSIONS.
    inside
        Dimension to the share of the audience in the segments wanted; NaN where not known.
    """

    components: Mapping[str, Component]
    share: Component
    reach: Component
    parts: Mapping[str, Component] = field(default_factory=dict)
    inside: Mapping[str, Floats] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Facts:
    """What is known of the creators of one brief, in their order.

    Attributes
    ----------
    names, weights
        Components that the brief asks for, and what each weighs of all, the sum 1.
    values, known
        Component by creator; NaN and 0 where not known.
    parts, inside
        Dimension to its part of audience_match and to the share in the segments wanted.
    reasons
        Component or dimension to why it is not known, of the creator's heaviest account.
    people
        Targeted reach, summed over the accounts that know it; NaN where none does.
    share_lo, share_hi
        Bounds of target_share.
    account_weights
        What combined the accounts.
    """

    names: tuple[str, ...]
    weights: Floats
    values: Matrix
    known: Matrix
    parts: Mapping[str, Floats]
    inside: Mapping[str, Floats]
    reasons: Mapping[str, pl.Series]
    people: Floats
    share_lo: Floats
    share_hi: Floats
    account_weights: AccountWeights

    def value(self, name: str) -> Floats:
        """Give a component of each creator; NaN throughout where the brief does not ask for it."""
        if name not in self.names:
            return np.full(self.values.shape[1], np.nan)
        return self.values[self.names.index(name)]


def brief_weights(brief: Brief, names: Sequence[str]) -> Floats:
    """Give what each component weighs of all that the brief asks for."""
    weights = np.array([brief.weights.get(name, 0.0) for name in names])
    return weights / (weights.sum() or 1.0)


def facts(brief: Brief, creators: Creators, wanted: Asked) -> Facts:
    """Combine what is known of accounts into what is known of their creators.

    Notes
    -----
    People add up over accounts, and the percentile of targeted reach is taken of the sums. They
    are not de-duplicated: nobody tells who follows two accounts.
    """
    people = wanted.reach.raw[creators.place]
    weights = account_weights(creators, people)
    summed = _summed(creators, people)
    combined = {
        name: combine(creators, weights, component) for name, component in wanted.components.items()
    }
    if "targeted_reach" in combined:
        combined["targeted_reach"] = (percentile(summed), combined["targeted_reach"][1])
    return Facts(
        names=tuple(combined),
        weights=brief_weights(brief, tuple(combined)),
        values=np.stack([value for value, _ in combined.values()]),
        known=np.stack([known for _, known in combined.values()]),
        parts={
            name: weighted_mean(creators, weights, part.value[creators.place])
            for name, part in wanted.parts.items()
        },
        inside={
            name: weighted_mean(creators, weights, inside[creators.place])
            for name, inside in wanted.inside.items()
        },
        reasons={
            name: component.unknown_because.gather(creators.place[weights.lead])
            for name, component in (*wanted.components.items(), *wanted.parts.items())
        },
        people=summed,
        share_lo=_bound(creators, weights, wanted.share.raw_lo),
        share_hi=_bound(creators, weights, wanted.share.raw_hi),
        account_weights=weights,
    )


def _summed(creators: Creators, people: Floats) -> Floats:
    is_known = ~np.isnan(people)
    total = creators.total(np.where(is_known, people, 0.0))
    return np.where(creators.has_any(is_known), total, np.nan)


def _bound(creators: Creators, weights: AccountWeights, bound: Floats | None) -> Floats:
    if bound is None:
        return np.full(len(creators), np.nan)
    return weighted_mean(creators, weights, bound[creators.place])
