"""The evidence behind a fit: what each component says of each account of the best creators."""

from datetime import date

import polars as pl

from schemas.brief import Brief
from schemas.contract import polars_schema
from schemas.fit import FitComponent
from transforms.fit.component import Component, Floats, Places
from transforms.fit.creators import Creators
from transforms.fit.facts import Asked, brief_weights

SCHEMA = polars_schema(FitComponent)
_KEY = ("brief_id", "creator_id", "platform", "account_id")


def best_creators(fit: pl.DataFrame, brief_id: str, best: int) -> pl.Series:
    """Name the creators whose evidence is kept: those ranked first, then by score.

    Parameters
    ----------
    fit
        Rows of mart.fit.
    """
    return (
        fit.filter(pl.col("brief_id") == brief_id)
        .sort(
            "rank",
            "score",
            "creator_id",
            descending=[False, True, False],
            nulls_last=[True, True, True],
        )
        .head(best)["creator_id"]
    )


def evidence(
    brief: Brief,
    creators: Creators,
    weight: Floats,
    wanted: Asked,
    shown: pl.Series,
    as_of: date,
) -> pl.DataFrame:
    """Lay out what a brief's components say of the accounts of some creators.

    Parameters
    ----------
    creators
        All of the brief.
    weight
        Of each account of `creators` in its creator's value.
    shown
        Ids of the creators whose evidence is wanted.

    Returns
    -------
    DataFrame
        Rows of mart.fit_component, sorted by their grain.
    """
    is_shown = creators.accounts["creator_id"].is_in(shown.implode()).to_numpy()
    accounts = creators.accounts.filter(is_shown).select(
        *_KEY[1:],
        as_of=pl.lit(as_of),
        brief_id=pl.lit(brief.brief_id),
        account_weight=pl.Series(weight[is_shown]),
    )
    places = creators.place[is_shown]
    weights = dict(
        zip(wanted.components, brief_weights(brief, list(wanted.components)), strict=True)
    )
    said = (*wanted.components.values(), *wanted.parts.values())
    frames = [
        accounts.with_columns(_columns(component, places, weights.get(component.name)))
        for component in said
    ]
    return pl.concat(frames).select(*SCHEMA).sort(*_KEY, "component")


def _columns(component: Component, places: Places, weight: float | None) -> list[pl.Expr]:
    figures = {
        "component_value": component.value,
        "raw": component.raw,
        "raw_lo": component.raw_lo,
        "raw_hi": component.raw_hi,
        "n": component.n,
        "known_share": component.known,
    }
    texts = {
        "basis": component.basis,
        "method": component.method,
        "observed_on": component.observed_on,
        "unknown_because": component.unknown_because,
    }
    columns = {
        **{name: _figures(figure, places) for name, figure in figures.items()},
        **{name: text.gather(places) for name, text in texts.items() if text is not None},
        "evidence": component.evidence(places) if component.evidence else None,
    }
    return [
        pl.lit(component.name).alias("component"),
        pl.lit(component.raw_unit).alias("raw_unit"),
        pl.lit(weight, dtype=pl.Float64).alias("weight"),
        *(
            pl.lit(columns.get(name)).cast(SCHEMA[name]).alias(name)
            for name in (*figures, *texts, "evidence")
        ),
    ]


def _figures(figures: Floats | None, places: Places) -> pl.Series | None:
    return None if figures is None else pl.Series(figures[places], nan_to_null=True)
