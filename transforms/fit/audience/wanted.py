"""What briefs want of an audience: segments with shares."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from schemas.audience import JOINT
from schemas.brief import TARGET_DIMENSIONS, Brief

JOINT_DIMENSION = "age_gender"

Segments = Mapping[str, Sequence[str]]
"""Dimension to segments; every one of TARGET_DIMENSIONS and JOINT_DIMENSION is there."""


def wanted(brief: Brief, dimension: str) -> dict[str, float]:
    """Give the segments a brief wants of a dimension, with shares that sum to 1; {} for any.

    They come in alphabetical order, so that the order in the brief shows in no digit.
    """
    weights = {s: w for s, w in sorted(brief.audience.get(dimension, {}).items()) if w > 0}
    total = sum(weights.values())
    return {segment: weight / total for segment, weight in weights.items()}


def wanted_dimensions(brief: Brief) -> list[str]:
    """Give the dimensions of which a brief wants something, in the order they are spoken of."""
    return [dimension for dimension in TARGET_DIMENSIONS if wanted(brief, dimension)]


def joint_segments(brief: Brief) -> list[str]:
    """Give the segments of age and gender together that a brief wants; none unless both."""
    pairs = product(wanted(brief, "age"), wanted(brief, "gender"))
    return [f"{age}{JOINT}{gender}" for age, gender in pairs]


def segments_of(briefs: Iterable[Brief]) -> Segments:
    """Collect the segments that any brief wants, dimension by dimension, in order."""
    found: dict[str, set[str]] = {name: set() for name in (*TARGET_DIMENSIONS, JOINT_DIMENSION)}
    for brief in briefs:
        for dimension in TARGET_DIMENSIONS:
            found[dimension].update(wanted(brief, dimension))
        found[JOINT_DIMENSION].update(joint_segments(brief))
    return {dimension: sorted(segments) for dimension, segments in found.items()}
