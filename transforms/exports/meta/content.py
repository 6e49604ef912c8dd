"""What the Instagram and Facebook content exports of Meta Business Suite have in common."""

import re
from collections.abc import Callable
from dataclasses import replace

import polars as pl

from transforms.cells import parse
from transforms.cells.days import DAY, day_of, with_days
from transforms.cells.kept_moments import with_month_first
from transforms.cells.not_data import label
from transforms.cells.parse import Parsed
from transforms.export import Clues, CrossCheck, Export
from transforms.vocabulary import Vocabulary

TIME_ZONE = "America/Los_Angeles"
"""Of `Publish time`, whatever the account's: measured against the time in the ids of 325 posts
of accounts in four countries, in summer and winter (read 2026-11-23)."""

TIME_FORMAT = "%m/%d/%Y %H:%M"

FORMATS = ("reel", "carousel", "story", "live", "image", "video", "link", "text")
"""In the order in which a post type is searched for their words."""

PUBLISHED: Parsed = parse.moment("published", TIME_FORMAT, TIME_ZONE)
PUBLISHED_DAY: pl.Expr = parse.day("published", TIME_FORMAT).value

REACH_WITHIN_VIEWS = CrossCheck(
    name="reach <= views",
    metric="reach",
    said=pl.when(parse.count("views").value > 0).then(parse.count("views").value),
    found=parse.count("reach").value,
    is_bound=True,
)
"""Who is reached saw it at least once. 0 views of what reached people means not available."""

_COMPUTE_ERROR = r"(?i)computing metadata for content with ID (\d+)"
_DAY_FORMAT = "%m/%d/%Y"
_FIRST_OF_THREE = r"^\s*([0-9]{1,2})[-/.][0-9]{1,2}[-/.][0-9]{2,4}"
_MONTHS = 12
_NO_MONTH = (pl.lit("13"), pl.lit("31"))
_DAY = r"^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
_LOWEST_DISTINCT_SHARE = 0.5
_WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def post_id() -> Parsed:
    """Read the post's id, from the error message where Meta could not compute the rest.

    Notes
    -----
    Facebook writes such a row with id, time and link blank and in `Data comment` "An error
    occurred while computing metadata for content with ID 933528094972880."
    """
    own = parse.identifier("post_id")
    told = pl.col("data_comment").str.extract(_COMPUTE_ERROR, 1)
    value = pl.coalesce(own.value, told)
    return Parsed(("post_id", "data_comment"), value, own.failed, own.rule, own.plain)


def of_a_post() -> Parsed:
    """Hold every id to a time of publication beside it, or to Meta's message that it has none.

    Notes
    -----
    An id with neither is that of the page: the cells of a record that Meta could not compute,
    which says so, lie under other headers (two real exports, read 2026-11-23).
    """
    told = pl.col("data_comment").str.contains(_COMPUTE_ERROR).fill_null(value=False)
    lost = pl.col("post_id").is_not_null() & parse.is_not_reported("published") & ~told
    rule = "an id beside a time of publication, or beside Meta's message of an error"
    return Parsed(("post_id", "published", "data_comment"), pl.lit(None, pl.String), lost, rule)


def as_downloaded(text: pl.DataFrame) -> pl.DataFrame:
    """Write times of publication that a spreadsheet kept as such with the month first again."""
    return with_month_first(text, "published", TIME_FORMAT)


def format_of(names: Vocabulary) -> Parsed:
    """Read the format from the words within a post type: `IG reel`, `Carrossel do Instagram`."""
    cell = label("post_type")
    value: pl.Expr = pl.when(cell.is_not_null()).then(pl.lit("other"))
    for kind in reversed(FORMATS):
        words = "|".join(_at_its_beginning(word) for word in names.words(kind))
        value = pl.when(cell.str.contains(words)).then(pl.lit(kind)).otherwise(value)
    return Parsed(("post_type",), value, pl.lit(value=False), "a post type", repeats=True)


def _at_its_beginning(word: str) -> str:
    """Give a pattern of a word that begins there; Japanese writes no space before it."""
    return word if _WITHOUT_SPACES.match(word) else rf"\b{word}"


def not_lifetime(names: Vocabulary) -> Parsed:
    """Hold every record's `Date` to the word for lifetime, where the file has the column."""
    cell = label("date")
    wrong = cell.is_not_null() & ~cell.is_in(names.words("lifetime"))
    spelled = sorted({name.spelled for name in names.labels["lifetime"]})
    rule = " or ".join(spelled)
    return Parsed(("date",), pl.lit(None, pl.String), wrong, rule, repeats=True)


TURNED = "times of publication that a spreadsheet wrote with the day before the month"


def turned_round(data: pl.DataFrame) -> str | None:
    """Refuse a file one of whose times of publication has no month in the first place.

    Those of its days up to the twelfth would be read as other days.
    """
    cell = pl.col("published").str.strip_chars()
    likely = data.select("published").filter(cell.str.head(2).is_between(*_NO_MONTH))
    first = cell.str.extract(_FIRST_OF_THREE, 1).cast(pl.Int64)
    example = likely.select(cell.filter(first > _MONTHS).first()).item()
    if example is None:
        return None
    return (
        f"Publish time {example!r} has the day before the month, as a spreadsheet writes it: "
        "download it again and do not save it from there"
    )


REFUSED = (
    "figures that are not those since publication: one row per post and day without the day, or a "
    f"`Date` that mostly says another word than lifetime; {TURNED}"
)

REFUSED_BY = frozenset({"date", "post_id", "published"})
"""Columns that `refusal` reads."""


def refusal(names: Vocabulary) -> Callable[[pl.DataFrame], str | None]:
    """Refuse a file whose figures are not those since publication, or cannot be told to be."""
    lifetime = names.words("lifetime")

    def refuse(data: pl.DataFrame) -> str | None:
        if data.is_empty():
            return None
        if turned := turned_round(data):
            return turned
        said = label("date")
        other = ~said.is_in(lifetime)
        unknown, is_silent, example = (
            data.group_by("date")
            .len("records")
            .select(
                pl.col("records").filter(other).sum().alias("unknown"),
                said.is_null().all().alias("is_silent"),
                pl.col("date").filter(other).min().alias("example"),
            )
            .row(0)
        )
        rows = data.height
        if is_silent and rows > 1:
            ids = data.get_column("post_id").n_unique()
            if ids < rows * _LOWEST_DISTINCT_SHARE:
                return (
                    f"one row per post and day ({rows} rows, {ids} posts), and Date says no day: "
                    "export again with the column Date"
                )
        if unknown > rows / 2:
            return (
                f"Date says {example!r}, which is not a word known for lifetime: if it means "
                "that, add it to [labels.lifetime] of the export's names"
            )
        return None

    return refuse


def daily(lifetime: Export) -> Export:
    """Give the twin of a content export that holds one row per post and day.

    Notes
    -----
    The export dialogue offers daily or lifetime statistics. The daily file has a day in `Date`,
    neither views nor reach, and each post on every day of the period, with zeros before it was
    published (a real file of a Facebook Page of 2026, read 2026-11-23); taken as lifetime it would
    corrupt every total. Its days are month first; read as ISO ones, or in the order that all cells
    of the file allow, else in that of `Publish time`, month first.
    """
    return replace(
        lifetime,
        name=f"{lifetime.name}_daily",
        title=f"{lifetime.title}, daily",
        tables=("post", "post_day"),
        columns={**lifetime.columns, "day": day_of("date")},
        key="date",
        key_like=_DAY,
        least_key_share=0.5,
        also_required=lifetime.also_required | {"date"},
        optional=lifetime.optional - {"date"},
        checks=(of_a_post(),),
        refusal=turned_round,
        refuses=TURNED,
        derive=_with_days,
        settled_by=frozenset({"date", "post_id", "published"}),
        days_inside=pl.col(DAY),
        days_covered=pl.col(DAY),
        source="Real export of a Facebook Page of 2026, read 2026-11-23; notes and column mappings "
        "of a public importer",
        where=lifetime.where.replace("Lifetime", "Daily"),
    )


def _with_days(data: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    dated = with_days(data, clues.whole, "date")
    if dated.get_column(DAY).null_count() < dated.height:
        return dated
    return dated.with_columns(parse.day("date", _DAY_FORMAT).value.alias(DAY))
