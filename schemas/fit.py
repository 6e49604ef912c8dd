"""Contracts of mart.fit and mart.fit_component: who suits a brief, and why."""

from typing import Any

import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.brief import COMPONENTS, TARGET_DIMENSIONS
from schemas.columns import described

AUDIENCE_PARTS = tuple(f"audience_match_{dimension}" for dimension in TARGET_DIMENSIONS)
"""Rows of mart.fit_component that explain audience_match, a dimension each; they weigh nothing."""


def _unit_share(description: str) -> Any:
    return described(
        description, unit="1", in_range={"min_value": 0, "max_value": 1}, nullable=True
    )


def _contribution(component: str) -> Any:
    return described(
        f"Score less what it would be without {component}; null where that is unknown.",
        unit="1",
        in_range={"min_value": -1, "max_value": 1},
        nullable=True,
    )


class _Key(pa.DataFrameModel):
    as_of: pl.Date = columns.as_of()
    brief_id: str = described("Brief; key of ref.brief.")
    creator_id: str = columns.creator_id()


class Fit(_Key):
    """How well each creator with an account on a brief's platforms suits the brief, and why."""

    rank: int = described(
        "Place among the creators who meet the brief's limits, 1 the best; null for others.",
        ge=1,
        nullable=True,
    )
    n_ranked: int = described("Creators with a rank for the brief.", unit="creator", ge=0)
    score: float = _unit_share(
        "Weighted geometric mean of the known components; null where less than half of the weight "
        "is known."
    )
    coverage: float = described(
        "Weight that was known, of all that the brief asks for.",
        unit="1",
        in_range={"min_value": 0, "max_value": 1},
    )
    is_eligible: bool = described("Whether it meets the brief's limits as far as they are known.")
    ineligible_because: str = described("Limits it does not meet, in words.", nullable=True)
    platforms: str = described("Platforms of the brief it has an account on, joined by `+`.")
    missing_platforms: str = described(
        "Platforms of the brief it has no account on, joined by `+`.", nullable=True
    )
    n_accounts: int = described("Accounts the row rests on.", unit="account", ge=1)
    combined_by: str = described(
        "What weighs several accounts: their targeted reach, their followers, or all alike.",
        isin=("targeted_reach", "followers", "equal"),
    )
    audience_match: float = _unit_share(
        "Geometric mean over the brief's dimensions of 1 - Jensen-Shannon divergence in base 2."
    )
    target_share: float = _unit_share("Share of the audience inside the target.")
    target_share_lo: float = _unit_share("The same with all that is hidden outside the target.")
    target_share_hi: float = _unit_share("The same with all that is hidden inside the target.")
    targeted_reach: float = _unit_share(
        "Share of the brief's creators with less targeted reach, ties half."
    )
    targeted_reach_people: float = described(
        "People of the target a mature post reaches: expected reach times target share, summed "
        "over accounts.",
        unit="person",
        ge=0,
        nullable=True,
    )
    engagement: float = _unit_share(
        "Share of accounts of the same platform, tier and basis with a lower engagement rate, "
        "ties half."
    )
    consistency: float = _unit_share(
        "exp of minus the spread of the log rate: 1 is clockwork, 0.5 a typical factor of 2."
    )
    content_match: float = _unit_share(
        "Cosine of captions and the brief's topics, hashtags and values; not below 0.01."
    )
    brand_crowding: float = _unit_share("1 / (1 + other brands named in commercial posts).")
    brand_safety: float = _unit_share("Share of posts without a word the brief avoids.")
    contribution_audience_match: float = _contribution("audience_match")
    contribution_target_share: float = _contribution("target_share")
    contribution_targeted_reach: float = _contribution("targeted_reach")
    contribution_engagement: float = _contribution("engagement")
    contribution_consistency: float = _contribution("consistency")
    contribution_content_match: float = _contribution("content_match")
    contribution_brand_crowding: float = _contribution("brand_crowding")
    contribution_brand_safety: float = _contribution("brand_safety")
    missing: str = described("What is not known and lowers the coverage, in words.", nullable=True)
    reason: str = described("Why it stands where it stands, in a sentence.")

    class Config:
        strict = True
        unique = ["as_of", "brief_id", "creator_id"]

    @pa.dataframe_check
    def only_an_eligible_creator_with_a_score_has_a_rank(cls, data: pa.PolarsData) -> pl.LazyFrame:
        ranked = pl.col("rank").is_not_null()
        return data.lazyframe.select(
            ~ranked | (pl.col("is_eligible") & pl.col("score").is_not_null())
        )


class FitComponent(_Key):
    """What each component of the fit says of one account: the evidence behind mart.fit."""

    platform: str = columns.platform()
    account_id: str = columns.account_id()
    component: str = described(
        "Component of the fit; `audience_match_<dimension>` are the parts of audience_match.",
        isin=COMPONENTS + AUDIENCE_PARTS,
    )
    component_value: float = _unit_share("What enters the score; null where it is not known.")
    raw: float = described("The figure behind the value, in raw_unit.", nullable=True)
    raw_lo: float = described("Lower bound of the figure, in raw_unit.", nullable=True)
    raw_hi: float = described("Upper bound of the figure, in raw_unit.", nullable=True)
    raw_unit: str = described("Unit of the figure.")
    n: int = described("Observations the figure rests on: posts, segments.", ge=0, nullable=True)
    basis: str = described("What the figure is of: followers, views, reach ...", nullable=True)
    method: str = described("How it was computed, where there is more than one way.", nullable=True)
    observed_on: pl.Date = described("Day of the evidence.", unit="day", nullable=True)
    weight: float = described(
        "Weight in the brief, of all that it asks for; null for parts.",
        unit="1",
        in_range={"min_value": 0, "max_value": 1},
        nullable=True,
    )
    known_share: float = described(
        "Share of what the component needs that was known; it multiplies the weight.",
        unit="1",
        in_range={"min_value": 0, "max_value": 1},
    )
    account_weight: float = described(
        "Weight of the account in its creator's value.",
        unit="1",
        in_range={"min_value": 0, "max_value": 1},
    )
    evidence: str = described("The figure in words.", nullable=True)
    unknown_because: str = described(
        "Why the value is null, or known_share below 1.", nullable=True
    )

    class Config:
        strict = True
        unique = ["as_of", "brief_id", "creator_id", "platform", "account_id", "component"]

    @pa.dataframe_check
    def a_null_value_has_a_reason(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(
            pl.col("component_value").is_not_null() | pl.col("unknown_because").is_not_null()
        )


FIT: dict[str, type[pa.DataFrameModel]] = {"fit": Fit, "fit_component": FitComponent}
"""Table name within the mart layer to contract."""
