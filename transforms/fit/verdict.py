"""One brief judged: who stands where, and why."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from schemas.brief import COMPONENTS, Brief
from schemas.contract import polars_schema
from schemas.fit import Fit
from transforms.fit.creators import COMBINED_BY, Creators
from transforms.fit.facts import Asked, Facts, facts
from transforms.fit.rank import Limits, Ranking, limits, ranking
from transforms.fit.score import Scores, score
from transforms.fit.words.missing import listed, missing
from transforms.fit.words.sentence import Standing, sentences

_SCHEMA = polars_schema(Fit)


@dataclass(frozen=True, kw_only=True, eq=False)
class Verdict:
    """What a brief's creators are worth to it, in their order."""

    brief: Brief
    creators: Creators
    facts: Facts
    scores: Scores
    limits: Limits
    ranking: Ranking


def judge(brief: Brief, creators: Creators, wanted: Asked) -> Verdict:
    """Score the creators of a brief, hold them against its limits and rank them.

    Parameters
    ----------
    creators
        Those with an account on the brief's platforms, at least one.
    wanted
        What the brief asks for, over the whole panel.
    """
    known = facts(brief, creators, wanted)
    scores = score(known.values, known.known, known.weights)
    held = limits(brief, creators, scores.score)
    eligible = held.ineligible_because.is_null().to_numpy()
    return Verdict(
        brief=brief,
        creators=creators,
        facts=known,
        scores=scores,
        limits=held,
        ranking=ranking(scores.score, eligible),
    )


def rows(verdict: Verdict, as_of: date) -> pl.DataFrame:
    """Lay a verdict out as rows of mart.fit, sorted by creator."""
    words = missing(verdict.facts)
    standing = Standing(
        brief=verdict.brief,
        facts=verdict.facts,
        scores=verdict.scores,
        limits=verdict.limits,
        ranking=verdict.ranking,
        missing=words.short,
    )
    made = figures(verdict, as_of).with_columns(words.long, sentences(standing))
    return made.select(*_SCHEMA)


def figures(verdict: Verdict, as_of: date) -> pl.DataFrame:
    """Lay out the columns of mart.fit that are not sentences, in any order."""
    known, creators = verdict.facts, verdict.creators
    by = pl.Series(COMBINED_BY, dtype=pl.String)
    contributions = dict(zip(known.names, verdict.scores.contribution, strict=True))
    nothing = np.full(len(creators), np.nan)
    columns = {
        "creator_id": creators.creator_id,
        "rank": verdict.ranking.rank,
        "score": verdict.scores.score,
        "coverage": verdict.scores.coverage,
        "is_eligible": verdict.limits.ineligible_because.is_null(),
        "ineligible_because": verdict.limits.ineligible_because,
        **_platforms(verdict),
        "n_accounts": creators.n_accounts,
        "combined_by": by.gather(known.account_weights.combined_by),
        **{name: known.value(name) for name in COMPONENTS},
        "target_share_lo": known.share_lo,
        "target_share_hi": known.share_hi,
        "targeted_reach_people": known.people,
        **{f"contribution_{name}": contributions.get(name, nothing) for name in COMPONENTS},
    }
    return pl.DataFrame(columns, nan_to_null=True).with_columns(
        pl.col("rank").replace(0, None),
        as_of=pl.lit(as_of),
        brief_id=pl.lit(verdict.brief.brief_id),
        n_ranked=pl.lit(len(verdict.ranking.order), pl.Int64),
    )


def _platforms(verdict: Verdict) -> dict[str, pl.Series]:
    platform = verdict.creators.accounts["platform"]
    named = sorted(verdict.brief.platforms or platform.unique())
    has = [verdict.creators.has_any((platform == name).to_numpy()) for name in named]
    lacks = [~flags for flags in has] if verdict.brief.platforms else []
    none = pl.repeat(None, len(verdict.creators), dtype=pl.String)
    missing_platforms = listed(named if lacks else [], lacks, "+", none)
    return {
        "platforms": listed(named, has, "+", none),
        "missing_platforms": missing_platforms.replace("", None),
    }
