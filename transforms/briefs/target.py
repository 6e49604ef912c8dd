"""The `[audience]` of a brief: lists and tables of weights, as shares per dimension."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from transforms.briefs.segments import SEGMENTS, Segments
from transforms.briefs.table import Table, TextError, as_number, tidy

_DIMENSIONS = {
    "countries": "country",
    "cities": "city",
    "ages": "age",
    "genders": "gender",
    "languages": "language",
    "interests": "interest",
}
FIELDS = tuple(_DIMENSIONS)


def read_target(audience: Table) -> dict[str, dict[str, float]]:
    """Read the audience wanted.

    Returns
    -------
    dict
        Dimension to segment to share; the shares of a dimension sum to 1, none is 0, and a
        dimension that the brief leaves open is absent.
    """
    asked = {
        dimension: shares
        for key, dimension in _DIMENSIONS.items()
        if (shares := _shares(_weighed(audience, key, dimension)))
    }
    if not any(audience.content.get(key) not in (None, [], {}) for key in FIELDS):
        audience.refuse(
            "",
            f"must name at least one of {', '.join(FIELDS)}",
            'write [audience] and below it, say, countries = ["DK"]',
        )
    return asked


def _weighed(audience: Table, key: str, dimension: str) -> list[tuple[Segments, float]]:
    """Read a list, of which each weighs the same however often it stands there, or a table."""
    value = audience.content.get(key, [])
    if isinstance(value, list):
        items = (_read_item(audience, key, *item, dimension) for item in enumerate(value, 1))
        different = {tuple(one.items()): one for one in items if one is not None}
        return [(one, 1.0) for one in different.values()]
    if isinstance(value, Mapping):
        return list(_read_weights(audience, key, value, dimension))
    advice = f'write {key} = ["one", "two"] or {key} = {{ "one" = 2, "two" = 1 }}'
    audience.refuse(key, "must be a list of text or a table of weights", advice)
    return []


def _read_item(
    audience: Table, key: str, position: int, item: object, dimension: str
) -> Segments | None:
    if not isinstance(item, str):
        audience.refuse(key, f"item {position} must be text", "write it in quotes", item)
        return None
    return _read_segment(audience, key, item, dimension)


def _read_weights(
    audience: Table, key: str, weights: Mapping[str, Any], dimension: str
) -> Iterator[tuple[Segments, float]]:
    n_wrong = 0
    total = 0.0
    for name, written in weights.items():
        segments = _read_segment(audience, key, name, dimension)
        weight = as_number(written)
        if weight is None or weight < 0:
            audience.refuse(
                f"{key}.{name}", "must be a number, 0 or above", "write a weight as 0.8", written
            )
            n_wrong += 1
            continue
        total += weight > 0
        if segments is not None and weight > 0:
            yield segments, weight
    if weights and not n_wrong and not total:
        audience.refuse(key, "must have a weight above 0", "raise one, or take the table out")


def _read_segment(audience: Table, key: str, written: str, dimension: str) -> Segments | None:
    try:
        return SEGMENTS[dimension](tidy(written))
    except TextError as error:
        audience.refuse(key, error.rule, error.advice, written)
        return None


def _shares(weighed: list[tuple[Segments, float]]) -> dict[str, float]:
    """Give each segment its share; the greatest weight is made 1 first, so that no sum runs over.

    Returns
    -------
    dict
        Empty where nothing was asked.
    """
    greatest = max((weight for _, weight in weighed), default=1.0)
    sums: dict[str, float] = {}
    for segments, weight in weighed:
        for segment, part in segments.items():
            sums[segment] = sums.get(segment, 0.0) + weight / greatest * part
    total = math.fsum(sums.values())
    return {segment: weight / total for segment, weight in sums.items() if weight / total > 0}
