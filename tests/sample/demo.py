"""`make demo`: the sample inbox, one night on it, the tables it gives, and the truth beside."""

import subprocess
import sys
import textwrap
import time
from pathlib import Path

import duckdb

from tests.sample import briefs, check_fit, inbox
from tests.sample.check import check as disagreements
from tests.sample.truth import AS_OF

PROGRAM = Path(sys.executable).with_name("creator-metrics")
RANKING = f"""
    select f.rank, f.creator_id, f.score, t.tier, e.trend, f.reason
    from mart.fit_latest as f
    left join (
        select a.creator_id, string_agg(distinct t.tier, '+' order by t.tier) as tier
        from mart.tier_latest as t join core.account as a using (platform, account_id)
        where t.platform in ('instagram', 'tiktok') group by a.creator_id
    ) as t using (creator_id)
    left join (
        select a.creator_id, string_agg(distinct e."class", '+' order by e."class") as trend
        from mart.engagement_trend_latest as e join core.account as a using (platform, account_id)
        where e.platform in ('instagram', 'tiktok') and e.n_points > 0
            and e.measure = 'engagement_rate' and e.window_days = 90
        group by a.creator_id
    ) as e using (creator_id)
    where f.brief_id = '{briefs.OATS}'
    order by f.rank nulls last, f.score desc nulls last, f.creator_id
"""
QUESTIONS = {
    "Which tier is each account in, and since when?": """
        select t.platform, a.account_handle as handle, t.followers, t.tier, t.previous_tier,
            t.tier_since, t.followers_method as known_by
        from mart.tier_latest as t join core.account as a using (platform, account_id)
        order by t.platform, t.followers desc nulls last
    """,
    "How is their engagement moving over 90 days?": """
        select t.platform, a.account_handle as handle, t.series, t."class", t.n_points as n,
            round(100 * t.slope_share_per_30d) as percent_per_30d,
            round(100 * t.slope_share_per_30d_lo) as low,
            round(100 * t.slope_share_per_30d_hi) as high
        from mart.engagement_trend_latest as t join core.account as a using (platform, account_id)
        where t.window_days = 90 and t.measure = 'engagement_rate' and t.n_points > 0
        order by t.platform, handle, t.series
    """,
    "What became of the files?": """
        select status, count(*) as files, sum(loaded)::bigint as loaded,
            sum(quarantined)::bigint as quarantined, sum(not_data)::bigint as not_data
        from ops.file group by status order by files desc
    """,
}


def run(folder: Path, seed: int) -> int:
    """Write the inbox, run a night, print the answers, hold them to the truth."""
    began = time.perf_counter()
    home = folder / "home"
    files = inbox.write(folder / "inbox", seed)
    _say(f"{len(files)} files of made-up creators in {folder / 'inbox'}")
    options = ["--home", str(home), "--inbox", str(folder / "inbox")]
    told = ""
    for command in (["init"], ["nightly", "--as-of", str(AS_OF)]):
        _say(f"\n$ creator-metrics {' '.join([*command, *options])}")
        night = subprocess.run(
            [PROGRAM, *command, *options], check=False, stdout=subprocess.PIPE, text=True
        )
        _say(night.stdout)
        if night.returncode:
            return night.returncode
        told += night.stdout
    for question, query in QUESTIONS.items():
        _say(f"\n{question}")
        _program("sql", " ".join(query.split()), *options)
    _say("\nWho suits the oat-milk brief, in which tier and trend, and why?")
    for line in ranking(home / "warehouse.duckdb"):
        _say(line)
    code = check(home / "warehouse.duckdb", seed, told)
    _say(f"{time.perf_counter() - began:.0f} s in all. Ask yourself: {_ask(home)}")
    return code


def check(warehouse: Path, seed: int, told: str | None = None) -> int:
    """Print where the warehouse and the truth disagree; 0 when nowhere.

    Parameters
    ----------
    told
        What the night that made the warehouse said, where it is at hand.
    """
    wrong = disagreements(warehouse, seed)
    if told is None:
        _say("What the night said is not at hand: not looked for the broken brief's problems.")
    else:
        wrong += check_fit.report(told)
    for line in wrong:
        _say(f"WRONG {line}")
    _say("\nThe tables say what is true of these creators." if not wrong else f"{len(wrong)} wrong")
    return 1 if wrong else 0


def ranking(warehouse: Path) -> list[str]:
    """List the creators of the oat-milk brief from the best on, each with its reason below."""
    with duckdb.connect(warehouse, read_only=True) as connection:
        rows = connection.sql(RANKING).fetchall()
    lines = []
    for rank, creator, score, tier, trend, reason in rows:
        said = "    " if score is None else f"{score:.2f}"
        place = "-" if rank is None else rank
        standing = f"{tier or 'tier unknown'}, {trend or 'trend unknown'}"
        lines += [
            f"{place:>3}  {creator:<12} {said}  {standing}",
            textwrap.fill(reason, 96, initial_indent=" " * 5, subsequent_indent=" " * 5),
        ]
    return lines


def _ask(home: Path) -> str:
    return f"{PROGRAM} sql --home {home} 'from mart.tier_latest'"


def _program(*arguments: str) -> int:
    return subprocess.run([PROGRAM, *arguments], check=False).returncode


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
