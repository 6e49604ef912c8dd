"""Scales that name tiers, as data: those that ship and those of a deployment."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import pairwise
from typing import Any

_REQUIRED = ("tiers", "followers_up_to", "source", "read_on")
_KNOWN = (*_REQUIRED, "median_views_up_to")


class PresetError(ValueError):
    """A scale of tiers is missing or wrong."""


@dataclass(frozen=True, kw_only=True)
class TierPreset:
    """One scale.

    Attributes
    ----------
    tiers
        Names, the smallest first.
    followers_up_to
        Greatest number of followers of each tier but the last.
    median_views_up_to
        The same for the median views of mature posts.
    source, read_on
        Where the scale was read, and when.
    """

    name: str
    tiers: tuple[str, ...]
    followers_up_to: tuple[int, ...]
    median_views_up_to: tuple[int, ...]
    source: str
    read_on: date


def shipped_tiers() -> str:
    """Give the TOML text of the scales that ship."""
    return (files("transforms") / "reference" / "tiers.toml").read_text(encoding="utf-8")


def tier_presets(*texts: str) -> dict[str, TierPreset]:
    """Read scales from TOML texts; of two with one name the later text's holds.

    Parameters
    ----------
    texts
        TOML, one table per scale. Without any, the scales that ship.

    Raises
    ------
    PresetError
        Naming the scale, the key, what stands there and what to do.
    """
    presets: dict[str, TierPreset] = {}
    for text in texts or (shipped_tiers(),):
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise PresetError(f"tiers: not TOML: {error}") from error
        presets |= {name: _preset(name, table) for name, table in tables.items()}
    return presets


def tier_preset(name: str, presets: Mapping[str, TierPreset]) -> TierPreset:
    """Choose a scale by name, or raise naming those there are."""
    if name not in presets:
        raise PresetError(f"tiers: no scale {name!r}; there are {', '.join(sorted(presets))}")
    return presets[name]


def _preset(name: str, table: Any) -> TierPreset:
    if not isinstance(table, dict):
        raise PresetError(f"tiers: {name} = {table!r} stands outside a scale; write [{name}]")
    if missing := [key for key in _REQUIRED if key not in table]:
        raise PresetError(f"tiers: [{name}] lacks {', '.join(missing)}")
    if unknown := sorted(set(table) - set(_KNOWN)):
        raise PresetError(
            f"tiers: [{name}] has unknown {', '.join(unknown)}; known are {', '.join(_KNOWN)}"
        )
    tiers = table["tiers"]
    if (
        not isinstance(tiers, list)
        or not tiers
        or not all(isinstance(tier, str) and tier for tier in tiers)
        or len(set(tiers)) != len(tiers)
    ):
        raise PresetError(f"tiers: [{name}] tiers = {tiers!r} must be different names")
    if not isinstance(table["read_on"], date):
        raise PresetError(f"tiers: [{name}] read_on = {table['read_on']!r} must be a day")
    followers = _edges(name, "followers_up_to", table["followers_up_to"], len(tiers))
    views = table.get("median_views_up_to", table["followers_up_to"])
    return TierPreset(
        name=name,
        tiers=tuple(tiers),
        followers_up_to=followers,
        median_views_up_to=_edges(name, "median_views_up_to", views, len(tiers)),
        source=str(table["source"]),
        read_on=table["read_on"],
    )


def _edges(name: str, key: str, edges: Any, n_tiers: int) -> tuple[int, ...]:
    if (
        not isinstance(edges, list)
        or any(type(edge) is not int or edge <= 0 for edge in edges)
        or any(lower >= upper for lower, upper in pairwise(edges))
    ):
        raise PresetError(
            f"tiers: [{name}] {key} = {edges!r} must be whole numbers above 0, each greater "
            "than the one before"
        )
    if len(edges) != n_tiers - 1:
        raise PresetError(
            f"tiers: [{name}] {key} has {len(edges)} edges for {n_tiers} tiers; "
            f"{n_tiers - 1} are needed, one between each two"
        )
    return tuple(edges)
