"""Made-up core tables of a few rows, the columns that a test does not name left null."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas import contract
from schemas.core import Account, AccountDay, Post, PostObservation
from schemas.engagement import EngagementTrend, EngagementTrendCreator
from transforms.engagement.points import engagement_point
from transforms.engagement.settings import TrendSettings
from transforms.engagement.trend import engagement_trend, engagement_trend_creator
from transforms.reference.definitions import metric_definition

AS_OF = date(2024, 6, 30)
SETTINGS = TrendSettings()
PUBLISHED = {"platform": "instagram", "account_id": "signe", "catalogue": "complete"}
_LEVEL = {
    "platform": pl.String,
    "account_id": pl.String,
    "day": pl.Date,
    "followers": pl.Int64,
    "followers_method": pl.String,
    "staleness_days": pl.Int64,
}


def conform(frame: pl.DataFrame, table: type[pa.DataFrameModel]) -> pl.DataFrame:
    """Add the columns of a contract that a frame lacks, null."""
    schema = contract.polars_schema(table)
    lacking = {name: pl.lit(None, dtype) for name, dtype in schema.items() if name not in frame}
    return frame.with_columns(**lacking).select(
        pl.col(name).cast(dtype) for name, dtype in schema.items()
    )


def table(rows: list[dict[str, Any]], of: type[pa.DataFrameModel]) -> pl.DataFrame:
    schema = contract.polars_schema(of)
    return pl.DataFrame(
        [{name: row.get(name) for name in schema} for row in rows], schema=schema, orient="row"
    )


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def post(post_id: str, published_on: date, **columns: Any) -> dict[str, Any]:
    known = {"first_observed_on": published_on, "last_observed_on": published_on}
    return PUBLISHED | known | {"post_id": post_id, "published_at": noon(published_on)} | columns


def seen(post_id: str, observed_on: date, **counters: Any) -> dict[str, Any]:
    return {"platform": "instagram", "post_id": post_id, "observed_on": observed_on} | counters


def day(on: date, **figures: Any) -> dict[str, Any]:
    return {"platform": "tiktok", "account_id": "falk", "day": on, "observed_on": on} | figures


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


class Panel:
    """Core tables of one panel, and the transforms over them."""

    def __init__(
        self,
        posts: list[dict[str, Any]] | pl.DataFrame = (),
        observations: list[dict[str, Any]] | pl.DataFrame = (),
        days: list[dict[str, Any]] | pl.DataFrame = (),
        levels: list[dict[str, Any]] = (),
        creators: dict[str, str] | None = None,
        tiers: dict[str, str] | None = None,
        untracked: tuple[str, ...] = (),
        definitions: pl.DataFrame | None = None,
    ) -> None:
        self.post = _frame(posts, Post)
        self.post_observation = _frame(observations, PostObservation)
        self.account_day = _frame(days, AccountDay)
        self.levels = pl.DataFrame(list(levels), schema=_LEVEL, orient="row")
        self.definitions = metric_definition() if definitions is None else definitions
        keys = pl.concat(
            [
                self.post.select("platform", "account_id").drop_nulls(),
                self.account_day.select("platform", "account_id"),
            ]
        ).unique()
        names = pl.col("account_id")
        self.account = conform(
            keys.with_columns(
                creator_id=names.replace(creators or {}), is_tracked=~names.is_in(untracked)
            ),
            Account,
        )
        self.tier = self.account.select(
            "platform",
            "account_id",
            "creator_id",
            tier=names.replace_strict(tiers or {}, default="micro", return_dtype=pl.String),
        )

    def points(self, as_of: date = AS_OF, settings: TrendSettings = SETTINGS) -> pl.DataFrame:
        return engagement_point(
            self.post.lazy(),
            self.post_observation.lazy(),
            self.account_day.lazy(),
            self.levels.lazy(),
            self.definitions.lazy(),
            as_of=as_of,
            settings=settings,
        ).collect()

    def trend(self, as_of: date = AS_OF, settings: TrendSettings = SETTINGS) -> pl.DataFrame:
        made = engagement_trend(
            self.points(as_of, settings).lazy(),
            self.account.lazy(),
            self.tier.lazy(),
            as_of=as_of,
            settings=settings,
        )
        return contract.enforce(made.collect(), EngagementTrend, "mart.engagement_trend")

    def creator_trend(
        self, as_of: date = AS_OF, settings: TrendSettings = SETTINGS
    ) -> pl.DataFrame:
        made = engagement_trend_creator(
            self.points(as_of, settings).lazy(),
            self.account.lazy(),
            self.tier.lazy(),
            self.trend(as_of, settings).lazy(),
            as_of=as_of,
            settings=settings,
        )
        return contract.enforce(
            made.collect(), EngagementTrendCreator, "mart.engagement_trend_creator"
        )


def _frame(rows: Any, of: type[pa.DataFrameModel]) -> pl.DataFrame:
    return conform(rows, of) if isinstance(rows, pl.DataFrame) else table(list(rows), of)


def one(frame: pl.DataFrame, **values: Any) -> dict[str, Any]:
    """Give the only row with these values."""
    return frame.row(by_predicate=_matches(values), named=True)


def _matches(values: dict[str, Any]) -> pl.Expr:
    return pl.all_horizontal(pl.col(name) == value for name, value in values.items())
