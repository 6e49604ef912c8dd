"""How fast posts earn, per platform, as data."""

import tomllib
from dataclasses import dataclass
from importlib import resources

import polars as pl


@dataclass(frozen=True, kw_only=True)
class Maturation:
    """Curve of one platform: the share earned at an age is 1 - 0.5^(age / half_life_days).

    Attributes
    ----------
    target_age_days
        Age at which posts of the platform are compared, days.
    half_life_days
        Age at which a post has earned half of what it will, days.
    source
        Who measured it, and when that was read.
    """

    platform: str
    target_age_days: int
    half_life_days: float
    source: str


def maturations() -> tuple[Maturation, ...]:
    """Read the curves that ship, one per platform."""
    text = resources.files("transforms.reference").joinpath("maturation.toml").read_text("utf-8")
    return tuple(Maturation(platform=name, **row) for name, row in tomllib.loads(text).items())


def maturation_frame(curves: tuple[Maturation, ...]) -> pl.LazyFrame:
    """Give the curves as a table, grain (platform)."""
    return pl.LazyFrame(
        [(each.platform, each.target_age_days, each.half_life_days) for each in curves],
        schema={
            "platform": pl.String,
            "target_age_days": pl.Int32,
            "half_life_days": pl.Float64,
        },
        orient="row",
    )
