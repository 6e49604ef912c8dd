"""The panel: all tracked accounts with what every brief's fit is computed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from schemas.brief import Brief
from transforms.fit.accounts.engagement import RateSettings, account_rates, consistency, engagement
from transforms.fit.accounts.expected_reach import expected_reach
from transforms.fit.audience.matrix import AudienceMatrix, audience_matrix
from transforms.fit.audience.wanted import segments_of
from transforms.fit.component import Component

_ACCOUNT = ["platform", "account_id"]
_IDENTITY = ("creator_id", "account_handle", "display_name")
_RATES = RateSettings()


@dataclass(frozen=True, kw_only=True, eq=False)
class Panel:
    """All tracked accounts in one order, which every array of the fit follows.

    Attributes
    ----------
    accounts
        Grain (platform, account_id), sorted by it: creator_id, account_handle, display_name,
        followers, tier, engagement_rate, er_basis, n_points, expected_reach (people or views by
        reach_basis), n_reach_posts, reach_unknown_because.
    audience
        Shares in the segments that the panel's briefs ask for.
    engagement, consistency
        Components that are the same for every brief.
    """

    accounts: pl.DataFrame
    audience: AudienceMatrix
    engagement: Component
    consistency: Component

    @property
    def n_accounts(self) -> int:
        """Count the accounts."""
        return self.accounts.height


def panel(
    account: pl.LazyFrame,
    audience_on: pl.LazyFrame,
    tier: pl.LazyFrame,
    engagement_trend: pl.LazyFrame,
    post: pl.LazyFrame,
    post_observation: pl.LazyFrame,
    briefs: Sequence[Brief],
    *,
    as_of: date,
    settings: RateSettings = _RATES,
) -> Panel:
    """Collect what the fit of some briefs on a day is computed from, once for all of them.

    Parameters
    ----------
    account, post, post_observation
        Core tables of what the build may know.
    audience_on
        The audience that holds on the day: `transforms.audience.on_day`.
    tier, engagement_trend
        Marts of the day.
    briefs
        Only the segments that they ask for are kept.
    """
    known = (
        account.filter("is_tracked")
        .select(*_ACCOUNT, *_IDENTITY)
        .join(tier.select(*_ACCOUNT, "followers", "tier"), on=_ACCOUNT, how="left", validate="1:1")
        .pipe(lambda tracked: account_rates(engagement_trend, tracked, settings))
        .join(
            expected_reach(tier, post, post_observation, as_of=as_of),
            on=_ACCOUNT,
            how="left",
            validate="1:1",
        )
        .sort(_ACCOUNT)
        .collect()
    )
    return Panel(
        accounts=known.select(
            *_ACCOUNT,
            *_IDENTITY,
            "followers",
            "tier",
            "engagement_rate",
            "er_basis",
            "n_points",
            "expected_reach",
            "reach_basis",
            "n_reach_posts",
            "reach_unknown_because",
        ),
        audience=audience_matrix(audience_on, known, segments_of(briefs)),
        engagement=engagement(known),
        consistency=consistency(known, settings),
    )
