"""A brief: the TOML file in which a brand says whom it looks for."""

import re
import tomllib
from collections.abc import Collection, Mapping
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any

from schemas.brief import Brief
from schemas.columns import PLATFORMS
from transforms.briefs import target
from transforms.briefs.problems import NOTHING, BriefError, Problems, did_you_mean, likely
from transforms.briefs.table import Table, TextError, one_of, tidy
from transforms.briefs.terms import handle, hashtag
from transforms.briefs.weights import NAMES, read_weights

_TOP = (
    "id",
    "brand",
    "valid_from",
    "valid_until",
    "platforms",
    "tiers",
    "budget",
    "currency",
    "deliverables",
    "audience",
    "content",
    "limits",
    "weights",
)
_WITHIN: Mapping[str, Collection[str]] = {
    "audience": target.FIELDS,
    "content": ("topics", "hashtags", "values", "avoid", "competitors"),
    "limits": ("min_engagement_rate", "max_risk", "min_fit", "plateau"),
}
_TABLES = (*_WITHIN, "deliverables", "weights")
_ID = re.compile(r"[^\W_][\w.-]{0,99}")
_MOST_DELIVERED = 1_000_000


def read_brief(content: bytes | str, name: str, *, tiers: Collection[str] | None = None) -> Brief:
    """Read a brief's TOML.

    Parameters
    ----------
    name
        Of the file; it stands before each problem, and without its ending serves as the id of a
        brief that has none.
    tiers
        Names of the scale in use; null takes any name.

    Raises
    ------
    BriefError
        With everything that is wrong.
    """
    return checked_brief(_parsed(content, name), name, tiers=tiers)


def example_brief() -> str:
    """Give the TOML text of a brief to begin from."""
    return (files("transforms.briefs") / "example.toml").read_text(encoding="utf-8")


def checked_brief(
    content: Mapping[str, Any], name: str, *, tiers: Collection[str] | None = None
) -> Brief:
    """Check what a brief's TOML holds; see `read_brief`."""
    problems = Problems(name)
    top = Table(content, problems)
    _refuse_unknown(top, _TOP)
    within = {key: top.table(key) for key in _WITHIN}
    for key, table in within.items():
        _refuse_unknown(table, _WITHIN[key])
    words, limits = within["content"], within["limits"]
    brief = Brief(
        brief_id=_brief_id(top, name),
        brand=_brand(top),
        **_days(top),
        platforms=top.texts("platforms", one_of(PLATFORMS)),
        tiers=top.texts("tiers", tidy if tiers is None else one_of(tiers)),
        **_money(top),
        deliverables=_deliverables(top.table("deliverables")),
        audience=target.read_target(within["audience"]),
        topics=words.texts("topics"),
        hashtags=words.texts("hashtags", hashtag),
        values=words.texts("values"),
        avoid=words.texts("avoid"),
        competitors=words.texts("competitors", handle),
        min_engagement_rate=limits.share("min_engagement_rate"),
        max_risk=limits.share("max_risk"),
        min_fit=limits.share("min_fit"),
        plateau=_plateau(limits),
        weights=read_weights(top.table("weights")),
    )
    problems.raise_if_any()
    return brief


def _parsed(content: bytes | str, name: str) -> dict[str, Any]:
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        return tomllib.loads(text.removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        said = f"file: must be UTF-8 text, found byte {content[error.start]!r} at {error.start}"
        raise BriefError([f"{name}: {said}; save it as UTF-8"]) from error
    except (ValueError, RecursionError) as error:
        said = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise BriefError([f"{name}: file: must be TOML, found: {said}; mend it there"]) from error


def _refuse_unknown(table: Table, known: Collection[str]) -> None:
    for key in table.content:
        if key not in known:
            table.refuse(key, "is no field of a brief", _where_it_belongs(table, key, known))


def _where_it_belongs(table: Table, key: str, known: Collection[str]) -> str:
    """Advise the place of a field that stands in the wrong table, else a like name."""
    if table.name and key in _TABLES:
        return f"write [{key}] as a table of its own"
    if table.name and key in _TOP:
        return f"write {key} above the first [table]: what follows [{table.name}] belongs to it"
    places = [name for name, fields in _WITHIN.items() if key in fields]
    places += ["weights"] if key in NAMES else []
    if places:
        return f"write it below [{places[0]}]"
    everywhere = {field: name for name, fields in _WITHIN.items() for field in fields}
    elsewhere = likely(key, list(everywhere)) if not likely(key, known) else None
    if elsewhere:
        return f"did you mean {elsewhere} below [{everywhere[elsewhere]}]?"
    return did_you_mean(key, known)


def _brief_id(top: Table, name: str) -> str:
    if "id" in top.content:
        return top.text("id", _identifier) or ""
    stem = PurePosixPath(name).stem
    try:
        return _identifier(tidy(stem))
    except TextError as error:
        advice = f'write id = "..."; the name of the file would serve, but {error.rule}'
        top.refuse("id", "must be there", advice)
        return ""


def _identifier(text: str) -> str:
    if not _ID.fullmatch(text):
        raise TextError(
            "must be letters, digits, ., - and _, a letter or digit first, 100 at most",
            'write it as "oat-milk-dk-2026"',
        )
    return text


def _brand(top: Table) -> str:
    if "brand" not in top.content:
        top.refuse("brand", "must be there", 'write brand = "Havre & Co"')
    return top.text("brand") or ""


def _days(top: Table) -> dict[str, Any]:
    first, last = top.day("valid_from"), top.day("valid_until")
    if first and last and last < first:
        top.refuse(
            "valid_until",
            f"must not lie before valid_from, {first}",
            "write the last day on which creators are to be scored, or take it out",
        )
    return {"valid_from": first, "valid_until": last}


def _money(top: Table) -> dict[str, Any]:
    budget, currency = top.number("budget"), top.text("currency", _currency)
    for there, missing, example in (
        ("budget", "currency", '"DKK"'),
        ("currency", "budget", "40000"),
    ):
        if there in top.content and missing not in top.content:
            top.refuse(
                missing, f"must be there beside {there}", f"write {missing} = {example}", NOTHING
            )
    return {"budget": budget, "currency": currency}


def _currency(text: str) -> str:
    from babel.numbers import is_currency

    if is_currency(text):
        return text
    meant = text.upper()
    advice = f"write {meant}" if is_currency(meant) else "write three capital letters as DKK"
    raise TextError("must be an ISO 4217 currency code", advice)


def _deliverables(table: Table) -> dict[str, int]:
    counts: dict[str, int] = {}
    for kind, count in table.content.items():
        if type(count) is not int or not 0 < count <= _MOST_DELIVERED:
            table.refuse(
                kind, f"must be a whole number from 1 to {_MOST_DELIVERED}", f"write {kind} = 1"
            )
        elif not kind.strip():
            table.refuse(kind, "must name a kind of post", "write reel = 1", "a blank name")
        else:
            counts[kind.strip()] = count
    return counts


def _plateau(limits: Table) -> float | None:
    plateau = limits.share("plateau")
    if plateau == 0:
        limits.refuse("plateau", "must be above 0", "write plateau = 0.8 or take it out")
        return None
    return plateau
