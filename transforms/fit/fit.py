"""Rows of mart.fit and mart.fit_component: every brief over one panel."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import polars as pl

from schemas.brief import Brief
from schemas.contract import polars_schema
from schemas.fit import Fit, FitComponent
from transforms.fit.asked import asked
from transforms.fit.content.index import ContentIndex
from transforms.fit.creators import account_weights, creators_on, in_order
from transforms.fit.panel import Panel
from transforms.fit.verdict import judge, rows
from transforms.fit.words.evidence import best_creators, evidence

BEST = 200
"""Creators of a brief whose evidence is kept account by account."""

_BRIEFS_AT_ONCE = 2
"""More gain little, as polars has threads of its own, and each holds a brief's columns."""


def fit(
    panel: Panel, content: ContentIndex, briefs: Sequence[Brief], *, as_of: date
) -> pl.DataFrame:
    """Judge how well the creators of a panel suit each brief.

    Parameters
    ----------
    panel, content
        Made with these briefs, on the same accounts in the same order.

    Returns
    -------
    DataFrame
        Grain (as_of, brief_id, creator_id), sorted by it; creators with an account on a
        platform of the brief.
    """
    ordered = in_order(panel.accounts)

    def judged(brief: Brief) -> pl.DataFrame:
        creators = creators_on(ordered, brief.platforms)
        if not len(creators):
            return polars_schema(Fit).to_frame()
        return rows(judge(brief, creators, asked(brief, panel, content, creators)), as_of)

    with ThreadPoolExecutor(_BRIEFS_AT_ONCE) as threads:
        frames = list(threads.map(judged, _by_id(briefs)))
    return pl.concat([polars_schema(Fit).to_frame(), *frames], rechunk=False)


def fit_component(
    panel: Panel,
    content: ContentIndex,
    briefs: Sequence[Brief],
    fit: pl.DataFrame,
    *,
    as_of: date,
    best: int = BEST,
) -> pl.DataFrame:
    """Lay out the evidence behind each brief's best creators, account by account.

    Parameters
    ----------
    fit
        mart.fit of the same panel, content, briefs and day.
    best
        Creators per brief: those ranked first, then the others by score.

    Returns
    -------
    DataFrame
        Grain (as_of, brief_id, creator_id, platform, account_id, component), sorted by it.
    """
    ordered = in_order(panel.accounts)
    frames = [polars_schema(FitComponent).to_frame()]
    for brief in _by_id(briefs):
        creators = creators_on(ordered, brief.platforms)
        shown = best_creators(fit, brief.brief_id, best)
        if len(creators) and len(shown):
            wanted = asked(brief, panel, content, creators)
            weights = account_weights(creators, wanted.reach.raw[creators.place])
            frames.append(evidence(brief, creators, weights.weight, wanted, shown, as_of))
    return pl.concat(frames)


def _by_id(briefs: Sequence[Brief]) -> list[Brief]:
    return sorted(briefs, key=lambda brief: brief.brief_id)
