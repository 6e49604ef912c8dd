"""`make demo`: the sample inbox, one night on it, the tables it gives, and the truth beside."""

import subprocess
import sys
import time
from pathlib import Path

from tests.sample import briefs, check_fit, inbox
from tests.sample.check import check as disagreements
from tests.sample.truth import AS_OF

PROGRAM = Path(sys.executable).with_name("creator-metrics")
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
    _program("fit", briefs.OATS, "--all", *options)
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


def _ask(home: Path) -> str:
    return f"{PROGRAM} sql --home {home} 'from mart.tier_latest'"


def _program(*arguments: str) -> int:
    return subprocess.run([PROGRAM, *arguments], check=False).returncode


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
