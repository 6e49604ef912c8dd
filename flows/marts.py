"""The marts: to add one, write its contract and its transform, and list it here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandera.polars as pa
import polars as pl

from flows.references.kinds import DEFINITIONS, TIERS, presets_of
from flows.references.tables import REFERENCES
from flows.settings import Settings
from schemas.brief import Brief
from schemas.engagement import EngagementTrend, EngagementTrendCreator
from schemas.fit import Fit, FitComponent
from schemas.tier import Tier, TierCreator
from transforms.audience.on_day import audience_on
from transforms.engagement.points import engagement_point
from transforms.engagement.settings import TrendSettings
from transforms.engagement.trend import engagement_trend, engagement_trend_creator
from transforms.fit.content.captions import caption_mention, caption_post, caption_term
from transforms.fit.content.index import ContentIndex, content_index
from transforms.fit.fit import fit, fit_component
from transforms.fit.panel import Panel, panel
from transforms.followers import LevelSettings, follower_day, level_on
from transforms.reference.definitions import metric_definition
from transforms.reference.disclosure import disclosure_words
from transforms.tiers.presets import TierPreset, tier_preset
from transforms.tiers.tier import tier, tier_creator
from warehouse.published import dictionary

TREND = TrendSettings()


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What a mart is made from.

    Attributes
    ----------
    core
        Every core table, with `post_observation`, `roster_level` and the account stage.
    marts
        The marts of the same day that stand earlier in the list.
    reference
        Kind of reference to the deployment's own text; a kind nobody wrote is absent.
    briefs
        Id to brief, of those in force on the day.
    """

    as_of: date
    core: Mapping[str, pl.LazyFrame]
    marts: Mapping[str, pl.LazyFrame]
    reference: Mapping[str, str]
    settings: Settings
    briefs: Mapping[str, Brief] = field(default_factory=dict)

    @property
    def preset(self) -> TierPreset:
        """Give the scale of tiers in use."""
        return tier_preset(self.settings.tier_preset, presets_of(self.reference.get(TIERS)))

    @property
    def level_settings(self) -> LevelSettings:
        """Give what the deployment set about follower levels."""
        return LevelSettings(max_staleness_days=self.settings.max_staleness_days)


@dataclass(frozen=True, kw_only=True)
class Mart:
    """One table of the mart layer: grain and columns in the contract, rows from `build`.

    Attributes
    ----------
    reads_briefs
        Whether a brief that changes makes it stale.
    keeps_days
        Whether retention keeps the days before the newest, or only the newest.
    """

    contract: type[pa.DataFrameModel]
    build: Callable[[Inputs], pl.LazyFrame]
    reads_briefs: bool = False
    keeps_days: bool = True


def _follower_day(inputs: Inputs) -> pl.LazyFrame:
    core = inputs.core
    return follower_day(
        core["account"],
        core["account_day"],
        core["roster_level"],
        as_of=inputs.as_of,
        settings=inputs.level_settings,
    )


def _engagement_point(inputs: Inputs) -> pl.LazyFrame:
    core = inputs.core
    published = (
        core["post"]
        .filter(pl.col("account_id").is_not_null() & pl.col("published_at").is_not_null())
        .select("platform", "account_id", day=pl.col("published_at").dt.date())
        .unique()
    )
    return engagement_point(
        core["post"],
        core["post_observation"],
        core["account_day"],
        level_on(published, core["account_day"], core["roster_level"], inputs.level_settings),
        metric_definition(inputs.reference.get(DEFINITIONS)).lazy(),
        as_of=inputs.as_of,
        settings=TREND,
    )


def _tier(inputs: Inputs) -> pl.LazyFrame:
    core = inputs.core
    return tier(
        core["account"],
        inputs.core["follower_day"],
        core["post"],
        core["post_observation"],
        as_of=inputs.as_of,
        preset=inputs.preset,
    )


def _tier_creator(inputs: Inputs) -> pl.LazyFrame:
    return tier_creator(
        inputs.core["account"],
        inputs.core["follower_day"],
        as_of=inputs.as_of,
        preset=inputs.preset,
    )


def _engagement_trend(inputs: Inputs) -> pl.LazyFrame:
    return engagement_trend(
        inputs.core["engagement_point"],
        inputs.core["account"],
        inputs.marts["tier"],
        as_of=inputs.as_of,
        settings=TREND,
    )


def _engagement_trend_creator(inputs: Inputs) -> pl.LazyFrame:
    return engagement_trend_creator(
        inputs.core["engagement_point"],
        inputs.core["account"],
        inputs.marts["tier"],
        inputs.marts["engagement_trend"],
        as_of=inputs.as_of,
        settings=TREND,
    )


def _audience_on(inputs: Inputs) -> pl.LazyFrame:
    return audience_on(inputs.core["audience"], inputs.as_of, inputs.settings.max_audience_age_days)


def _caption_post(inputs: Inputs) -> pl.LazyFrame:
    """Read captions where a brief asks for them, and none where no brief does."""
    post = inputs.core["post"]
    asked = post if inputs.briefs else post.filter(pl.lit(value=False))
    return caption_post(asked, disclosure_words(), as_of=inputs.as_of)


def _panel(inputs: Inputs) -> tuple[Panel, ContentIndex, list[Brief]]:
    core, marts, briefs = inputs.core, inputs.marts, list(inputs.briefs.values())
    accounts = panel(
        core["account"],
        core["audience_on"],
        marts["tier"],
        marts["engagement_trend"],
        core["post"],
        core["post_observation"],
        briefs,
        as_of=inputs.as_of,
    )
    content = content_index(
        core["caption_post"],
        core["caption_term"],
        core["caption_mention"],
        accounts.accounts,
        briefs,
    )
    return accounts, content, briefs


def _fit(inputs: Inputs) -> pl.LazyFrame:
    accounts, content, briefs = _panel(inputs)
    return fit(accounts, content, briefs, as_of=inputs.as_of).lazy()


def _fit_component(inputs: Inputs) -> pl.LazyFrame:
    accounts, content, briefs = _panel(inputs)
    return fit_component(
        accounts,
        content,
        briefs,
        inputs.marts["fit"].collect(),
        as_of=inputs.as_of,
        best=inputs.settings.fit_component_creators,
    ).lazy()


ACCOUNT_STAGE: dict[str, Callable[[Inputs], pl.LazyFrame]] = {
    "follower_day": _follower_day,
    "engagement_point": _engagement_point,
    "audience_on": _audience_on,
    "caption_post": _caption_post,
    "caption_term": lambda inputs: caption_term(inputs.core["caption_post"]),
    "caption_mention": lambda inputs: caption_mention(inputs.core["caption_post"]),
}
"""What several marts of a day read, made once, account by account, beside the core tables.

Each may read those before it.
"""

MARTS: dict[str, Mart] = {
    "tier": Mart(contract=Tier, build=_tier),
    "tier_creator": Mart(contract=TierCreator, build=_tier_creator),
    "engagement_trend": Mart(contract=EngagementTrend, build=_engagement_trend),
    "engagement_trend_creator": Mart(
        contract=EngagementTrendCreator, build=_engagement_trend_creator
    ),
    "fit": Mart(contract=Fit, build=_fit, reads_briefs=True),
    "fit_component": Mart(
        contract=FitComponent, build=_fit_component, reads_briefs=True, keeps_days=False
    ),
}
"""Table to how it is made, in the order of building: a mart may read those before it."""

PUBLISHED = dictionary.tables(
    mart={name: mart.contract for name, mart in MARTS.items()}, ref=REFERENCES
)
"""Every table of the published file, `layer.table` to contract."""
