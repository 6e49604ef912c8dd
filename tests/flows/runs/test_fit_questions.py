"""The questions of docs/fit.md, asked of the sample: each is one query, and answers truly."""

import re
from pathlib import Path

import numpy as np
import pytest

from tests.flows.published import ask
from tests.sample.briefs import OATS
from transforms.fit.score import score

DOCS = Path(__file__).parents[3] / "docs" / "fit.md"


def question(number: int, creator: str = "freja") -> str:
    text = re.findall(r"```sql\n(.+?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)[number]
    return text.replace("oat-milk-dk-2026", OATS).replace("'freja'", f"'{creator}'")


def test_why_one_stands_where_it_stands_is_a_row_and_its_evidence(sample_night):
    (row,) = ask(sample_night, question(0))
    assert row["rank"] == 3
    assert row["reason"].startswith("3rd of 12 with ")
    evidence = ask(sample_night, question(1))
    assert {row["component"] for row in evidence} > {"audience_match", "audience_match_city"}


@pytest.mark.parametrize("creator", ["freja", "signe", "tilde"])
def test_what_to_ask_a_creator_for_adds_up_to_what_the_coverage_lacks(sample_night, creator):
    gaps = ask(sample_night, question(2, creator))
    (row,) = ask(
        sample_night,
        f"select coverage from mart.fit_latest where brief_id = '{OATS}' "
        f"and creator_id = '{creator}'",
    )
    assert sum(gap["coverage_it_would_add"] for gap in gaps) == pytest.approx(1 - row["coverage"])
    assert all(gap["unknown_because"] for gap in gaps)


def test_the_audience_at_double_weight_gives_the_scores_of_a_brief_that_doubles_it(sample_night):
    told = {row["creator_id"]: row for row in ask(sample_night, question(3))}
    weights = ask(
        sample_night,
        "select creator_id, component, sum(weight * account_weight * known_share) as known, "
        f"any_value(weight) as weight from mart.fit_component_latest where brief_id = '{OATS}' "
        "and weight is not null group by all order by all",
    )
    rows = {row["creator_id"]: row for row in ask(sample_night, "from mart.fit_latest")
            if row["brief_id"] == OATS}  # fmt: skip
    for creator, answer in told.items():
        own = [row for row in weights if row["creator_id"] == creator]
        once = np.array([row["weight"] for row in own])
        values = np.array([[rows[creator][row["component"]]] for row in own], dtype=float)
        known = np.array([[row["known"]] for row in own]) / once[:, None]
        double = np.where([row["component"] == "audience_match" for row in own], 2 * once, once)
        assert score(values, known, once).score[0] == pytest.approx(answer["score"])
        then = score(values, known, double).score[0]
        assert then == pytest.approx(
            np.nan if answer["score_then"] is None else answer["score_then"], nan_ok=True
        )
    assert len(told) == 12


def test_those_a_least_score_would_cost_are_the_ranked_below_it(sample_night):
    lost = ask(sample_night, question(4))
    assert lost
    assert all(row["score"] < 0.4 for row in lost)
    assert [row["rank"] for row in lost] == list(range(lost[0]["rank"], 13))
