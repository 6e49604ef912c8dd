"""One content export of Instagram as large as asked for, as an agency of many accounts has it.

A record has 500 bytes like those of real exports (of 2025 and 2026: 497 and 1,101): most of it
is the caption, with commas, quotes and lines of its own.
"""

from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl

from tests.sample import meta

ACCOUNTS = 400
RECORDS_AT_ONCE = 200_000
_FIRST = datetime.fromisoformat("2025-01-01")
_MINUTES = 500 * 1440
_PHRASES = (
    "Morning oats in the slow kitchen, again", "What I learned this week:", "Så er der kaffe ☕️",
    'She said ""yes"" before I had asked', "Three small steps for a calm day.\n\n1. Get up",
    "It is not the harbour, it is the light 🌿", "Link in bio!\n", "#madpakke #hverdag #københavn",
    "Ne le dites à personne, mais j'ai tout mangé", "Agree or disagree? 👇🏼",
    "The bicycle that never rests", "Plums, light and winter coffee",
)  # fmt: skip
_METRICS = {"views": 1.0, "reach": 0.76, "likes": 0.038, "shares": 0.004, "follows": 0.0004}
_METRICS |= {"comments": 0.003, "saves": 0.003}


def write(path: Path, size_bytes: int, seed: int = 0, *, has_lines: bool = True) -> int:
    """Write about `size_bytes` and give the number of records.

    Parameters
    ----------
    has_lines
        Whether captions have several lines, as those of real exports.
    """
    random = np.random.default_rng(seed)
    records = 0
    with path.open("wb") as file:
        file.write(meta.table([meta.INSTAGRAM["en"]]))
        while (left := size_bytes - file.tell()) > 0:
            lines = _records(RECORDS_AT_ONCE, random)
            if not has_lines:
                lines = lines.str.replace_all(r"\s*\n\s*", " ")
            lines = lines.filter(lines.str.len_bytes().cast(pl.Int64).cum_sum() <= left)
            if lines.is_empty():
                break
            file.write(("\n".join(lines) + "\n").encode())
            records += lines.len()
    return records


def _records(count: int, random: np.random.Generator) -> pl.Series:
    account = random.integers(0, ACCOUNTS, count)
    minutes = random.integers(0, _MINUTES, count)
    number = random.integers(0, 10**15, count, dtype=np.int64)
    kind = random.integers(0, 3, count)
    published = np.datetime64(_FIRST, "ms") + minutes.astype("timedelta64[m]")
    views = random.lognormal(8.2, 1.2, count)
    stamp = pl.lit(_FIRST) + pl.duration(minutes=pl.col("minutes"))
    frame = pl.DataFrame(
        {
            "account": account,
            "minutes": minutes,
            "number": number,
            "kind": kind,
            "seconds": random.integers(5, 90, count) * (kind == 0),
            "shortcode": meta.shortcodes(published, number),
            "caption": _captions(count, random),
            **{name: (views * share).astype(np.int64) for name, share in _METRICS.items()},
        }
    )
    words = pl.lit(pl.Series(["IG reel", "IG image", "IG carousel"]))
    head = pl.format(
        '{},{},{},"Creator {}","{}",{},"{}",https://www.instagram.com/p/{}/,"{}",,Lifetime',
        pl.format("18{}", pl.col("number").cast(pl.String).str.zfill(15)),
        pl.lit(17_841_400_000_000_000) + pl.col("account"),
        pl.format("creator{}", pl.col("account").cast(pl.String).str.zfill(5)),
        "account",
        "caption",
        "seconds",
        stamp.dt.strftime("%m/%d/%Y %H:%M"),
        "shortcode",
        words.gather("kind"),
    )
    return frame.select(pl.concat_str(head, *_METRICS, separator=",")).to_series()


def _captions(count: int, random: np.random.Generator) -> pl.Series:
    """Draw captions of 2 to 17 phrases, 300 bytes on average."""
    lengths = random.integers(2, 18, count)
    phrases = pl.Series(_PHRASES).gather(random.integers(0, len(_PHRASES), lengths.sum()))
    owner = np.repeat(np.arange(count), lengths)
    return (
        pl.DataFrame({"owner": owner, "phrase": phrases})
        .group_by("owner", maintain_order=True)
        .agg(pl.col("phrase").str.join(" "))
        .get_column("phrase")
    )
