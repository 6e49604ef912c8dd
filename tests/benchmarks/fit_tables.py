"""Made-up accounts, audiences and briefs for the benchmark of the fit, as Parquet."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from schemas.brief import AGE_BANDS, DEFAULT_WEIGHTS, Brief

AS_OF = date(2026, 6, 30)
SECOND_ACCOUNTS = 0.2
"""Share of creators with a second account, on another platform."""

_CONTENT = ("content_match", "brand_crowding", "brand_safety")
_WEIGHTS = {name: 0.0 if name in _CONTENT else w for name, w in DEFAULT_WEIGHTS.items()}
_SEGMENTS = {
    "country": ("DK", "SE", "NO", "DE", "GB", "US", "FI", "NL", "others"),
    "city": ("DK:aarhus", "DK:odense", "SE:lund", "NO:oslo", "others"),
    "age": AGE_BANDS,
    "gender": ("female", "male", "other"),
}
_TOLD = {"country": 0.95, "city": 0.6, "age": 0.9, "gender": 0.9}


def briefs(n: int) -> list[Brief]:
    """Make briefs that differ in countries, ages, gender and whether they name a city."""
    return [
        Brief(
            brief_id=f"brief-{number:03}",
            brand="Acme",
            audience={
                "country": {"DK": 1.0} if number % 2 else {"DK": 0.6, "SE": 0.4},
                "age": {AGE_BANDS[number % 5]: 0.5, AGE_BANDS[number % 5 + 1]: 0.5},
                "gender": {("female", "male")[number % 2]: 1.0},
                **({"city": {"DK:aarhus": 1.0}} if number % 3 == 0 else {}),
            },
            avoid=("casino",),
            min_engagement_rate=0.01 if number % 4 == 0 else None,
            weights=_WEIGHTS,
        )
        for number in range(n)
    ]


def write(folder: Path, n_creators: int, n_briefs: int, seed: int) -> None:
    """Write account, audience, target and weight, the last two being the briefs as tables."""
    folder.mkdir(parents=True, exist_ok=True)
    account = _account(n_creators, np.random.default_rng(seed))
    account.write_parquet(folder / "account.parquet")
    _audience(account, np.random.default_rng(seed + 1)).write_parquet(folder / "audience.parquet")
    asked = briefs(n_briefs)
    target = [
        (brief.brief_id, dimension, segment, share)
        for brief in asked
        for dimension, shares in brief.audience.items()
        for segment, share in shares.items()
    ]
    weight = [
        (brief.brief_id, component, weight, brief.min_engagement_rate)
        for brief in asked
        for component, weight in brief.weights.items()
        if weight > 0
    ]
    names = ["brief_id", "dimension", "segment", "wanted"]
    pl.DataFrame(target, names, orient="row").write_parquet(folder / "target.parquet")
    names = ["brief_id", "component", "weight", "min_engagement_rate"]
    pl.DataFrame(weight, names, orient="row").write_parquet(folder / "weight.parquet")


def _account(n_creators: int, rng: np.random.Generator) -> pl.DataFrame:
    second = rng.choice(n_creators, int(SECOND_ACCOUNTS * n_creators), replace=False)
    creator = np.concatenate([np.arange(n_creators), second])
    n = len(creator)
    figures = {
        "followers": (rng.lognormal(9, 1.5, n), 0.98),
        "engagement_rate": (rng.lognormal(-3.5, 0.6, n), 0.9),
        "expected_reach": (rng.lognormal(8, 1.2, n), 0.9),
        "engagement": (rng.random(n), 0.9),
        "consistency": (rng.uniform(0.2, 1, n), 0.7),
    }
    return pl.DataFrame(
        {
            "platform": np.where(np.arange(n) < n_creators, "tiktok", "instagram"),
            "account_id": [f"account-{number:06}" for number in range(n)],
            "creator_id": [f"creator-{number:06}" for number in creator],
            "tier": rng.choice(["micro", "macro", "mega"], n, p=[0.8, 0.15, 0.05]),
            **{name: _partly(values, told, rng) for name, (values, told) in figures.items()},
        },
        nan_to_null=True,
    ).sort("platform", "account_id")


def _partly(values: np.ndarray, told: float, rng: np.random.Generator) -> np.ndarray:
    return np.where(rng.random(len(values)) < told, values, np.nan)


def _audience(account: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    key = account.select("platform", "account_id")
    frames = []
    for dimension, segments in _SEGMENTS.items():
        shares = rng.dirichlet(np.full(len(segments), 0.7), account.height)
        is_told = pl.Series(rng.random(account.height) < _TOLD[dimension])
        for at, segment in enumerate(segments):
            share = pl.Series(shares[:, at])
            named = key.with_columns(segment=pl.lit(segment), share=share).filter(is_told)
            frames.append(named.with_columns(dimension=pl.lit(dimension)))
    return (
        pl.concat(frames)
        .filter(pl.col("share") > 0)
        .with_columns(
            basis=pl.lit("followers"),
            method=pl.lit("reported"),
            is_share_of_listed=pl.lit(value=False),
            observed_on=pl.lit(AS_OF),
        )
        .sort("platform", "account_id", "dimension", "segment")
    )
