"""One run of one side of the fit in a process of its own: seconds and peak memory as JSON."""

import json
import sys
from pathlib import Path

import polars as pl

from tests.benchmarks import fit_tables
from tests.benchmarks.stages import Stages

STAGES = ("read", "score")
_SQL = Path(__file__).with_name("fit.sql")


def baseline(folder: Path, stages: Stages) -> pl.DataFrame:
    """Run the SQL that a data engineer would write over the long tables, in memory."""
    import duckdb

    _, *parts = _SQL.read_text().split("-- stage: ")
    with duckdb.connect() as connection:
        connection.execute(f"set variable folder = '{folder}'")
        for stage, _, sql in (part.partition("\n") for part in parts):
            with stages.stage(stage):
                connection.execute(sql)
        made = folder / "baseline.parquet"
        connection.execute(f"copy (from fit order by brief_id, creator_id) to '{made}'")
    return pl.read_parquet(made)


def figures(folder: Path, stages: Stages) -> pl.DataFrame:
    """Judge every brief and lay out its figures, without words."""
    from transforms.fit.asked import asked
    from transforms.fit.creators import creators_on, in_order
    from transforms.fit.verdict import figures, judge

    with stages.stage("read"):
        panel, content, briefs = _inputs(folder)
    with stages.stage("score"):
        ordered = in_order(panel.accounts)
        frames = []
        for brief in briefs:
            creators = creators_on(ordered, brief.platforms)
            verdict = judge(brief, creators, asked(brief, panel, content, creators))
            frames.append(figures(verdict, fit_tables.AS_OF))
        return pl.concat(frames, rechunk=False)


def rows(folder: Path, stages: Stages) -> pl.DataFrame:
    """Make mart.fit as a night does, a sentence on every row."""
    from transforms.fit.fit import fit

    with stages.stage("read"):
        panel, content, briefs = _inputs(folder)
    with stages.stage("score"):
        return fit(panel, content, briefs, as_of=fit_tables.AS_OF)


SIDES = {"ours": figures, "with words": rows, "baseline": baseline}


def main(side: str, folder: Path) -> None:
    """Run one side; `together` is its stages, not what hands the rows over."""
    stages = Stages(STAGES)
    SIDES[side](folder, stages)
    taken = stages.figures.values()
    together = {
        "seconds": sum(figure["seconds"] for figure in taken),
        "peak_mb": max(figure["peak_mb"] for figure in taken),
    }
    sys.stdout.write(json.dumps(stages.figures | {"together": together}) + "\n")


def _inputs(folder: Path):
    from schemas.contract import polars_schema
    from schemas.core import Post
    from transforms.fit.audience.matrix import audience_matrix
    from transforms.fit.audience.wanted import segments_of
    from transforms.fit.content.captions import caption_mention, caption_post, caption_term
    from transforms.fit.content.index import content_index
    from transforms.fit.panel import Panel
    from transforms.reference.disclosure import disclosure_words

    told = pl.read_parquet(folder / "account.parquet")
    briefs = fit_tables.briefs(pl.read_parquet(folder / "weight.parquet")["brief_id"].n_unique())
    accounts = told.with_columns(
        account_handle=pl.col("account_id"),
        n_reach_posts=pl.lit(20),
        reach_basis=pl.lit("views"),
        reach_unknown_because=pl.when(pl.col("expected_reach").is_null()).then(pl.lit("no post")),
    )
    panel = Panel(
        accounts=accounts,
        audience=audience_matrix(
            pl.scan_parquet(folder / "audience.parquet"), accounts, segments_of(briefs)
        ),
        engagement=_component(told["engagement"]),
        consistency=_component(told["consistency"]),
    )
    posts = polars_schema(Post).to_frame().lazy()
    captions = caption_post(posts, disclosure_words(), as_of=fit_tables.AS_OF)
    index = content_index(
        captions, caption_term(captions), caption_mention(captions), accounts, briefs
    )
    return panel, index, briefs


def _component(told: pl.Series):
    from transforms.fit.component import Component

    value = told.fill_null(float("nan")).to_numpy()
    return Component(
        name=told.name,
        value=value,
        raw=value,
        raw_unit="1",
        known=told.is_not_null().cast(pl.Float64).to_numpy(),
        unknown_because=pl.select(pl.when(told.is_null()).then(pl.lit("not told"))).to_series(),
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
