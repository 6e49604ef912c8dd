"""What mart.fit must say of the briefs, as the cast was planted for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.sample import briefs, youtube_audience
from tests.sample.simulation import Truth

Bounds = tuple[float, float]
OF_THE_AUDIENCE = ("audience_match", "target_share", "targeted_reach")
"""Components that nothing is known of where no export tells the audience; the last of them on
TikTok at all, whose lists of best posts tell no reach."""


@dataclass(frozen=True, kw_only=True)
class FitTruth:
    """What mart.fit and mart.fit_component must say of one brief.

    Attributes
    ----------
    first, last
        Creators at the first and at the last rank.
    ineligible
        Creators who do not meet its limits, with a word that the reason must have.
    unscored
        Creators of whom less than half of the weight is known.
    creators
        All who have an account on its platforms.
    unknown, known
        (platform, handle) to components that must be null, and to ones that must not.
    bounds
        (platform, handle, component) to the least and the greatest value that is right.
    """

    brief_id: str
    first: str
    last: str
    ineligible: Mapping[str, str]
    unscored: tuple[str, ...]
    creators: tuple[str, ...]
    unknown: Mapping[tuple[str, str], tuple[str, ...]]
    known: Mapping[tuple[str, str], tuple[str, ...]]
    bounds: Mapping[tuple[str, str, str], Bounds]


_OATS_BOUNDS: dict[tuple[str, str, str], Bounds] = {
    ("instagram", "target.tove", "audience_match"): (0.9, 1.0),
    ("instagram", "target.tove", "target_share"): (0.95, 1.0),
    ("instagram", "target.tove", "content_match"): (0.2, 1.0),
    ("instagram", "target.tove", "brand_safety"): (1.0, 1.0),
    ("instagram", "opposite.otto", "audience_match"): (0.0, 0.05),
    ("instagram", "opposite.otto", "target_share"): (0.0, 0.01),
    ("instagram", "opposite.otto", "content_match"): (0.0, 0.05),
    ("instagram", "steady.signe", "brand_crowding"): (0.33, 0.34),
    ("instagram", "steady.signe", "audience_match"): (0.4, 0.9),
    ("instagram", "falling.freja", "brand_safety"): (0.65, 0.95),
    ("tiktok", "rising.rosa", "audience_match"): (0.9, 1.0),
    ("tiktok", "falling.falk", "audience_match"): (0.0, 0.5),
    ("tiktok", "falling.falk", "target_share"): (0.0, 0.1),
}
_TEA_BOUNDS: dict[tuple[str, str, str], Bounds] = {
    ("youtube", "shorts-break-bo", "audience_match"): (0.7, 1.0),
    ("youtube", "youngposts-yrsa", "audience_match"): (0.0, 0.05),
}


def expect(truths: Mapping[tuple[str, str], Truth]) -> tuple[FitTruth, ...]:
    """Tell what the usable briefs of the sample come to; the broken one has no row."""
    on_oats = [truth for (name, _), truth in truths.items() if name in ("instagram", "tiktok")]
    on_tea = [truth for (name, _), truth in truths.items() if name == "youtube"]
    return (
        FitTruth(
            brief_id=briefs.OATS,
            first="tove",
            last="otto",
            ineligible={"milo": "tier"},
            unscored=("tilde",),
            creators=_creators(on_oats),
            bounds=_OATS_BOUNDS,
            **_knowledge(on_oats),
        ),
        FitTruth(
            brief_id=briefs.TEA,
            first="bo",
            last="yrsa",
            ineligible={},
            unscored=("carl", "ren", "sara"),
            creators=_creators(on_tea),
            bounds=_TEA_BOUNDS,
            **_knowledge(on_tea),
        ),
    )


def tells_countries(truth: Truth) -> bool:
    """Say whether an export of the account tells where its audience is."""
    account = truth.account
    if account.platform == "youtube":
        reports = youtube_audience.REPORTS.get(account.language, {})
        return account.audience_export != "none" and "country" in reports
    return account.audience_export not in ("none", "header_only")


def _creators(truths: Iterable[Truth]) -> tuple[str, ...]:
    return tuple(sorted({truth.account.creator_id for truth in truths}))


def _knowledge(truths: Iterable[Truth]) -> dict[str, dict[tuple[str, str], tuple[str, ...]]]:
    told: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {"unknown": {}, "known": {}}
    for truth in truths:
        key = (truth.account.platform, truth.account.handle)
        if tells_countries(truth):
            told["known"][key] = OF_THE_AUDIENCE[:2]
        if not tells_countries(truth):
            told["unknown"][key] = OF_THE_AUDIENCE
        elif truth.account.platform == "tiktok":
            told["unknown"][key] = OF_THE_AUDIENCE[2:]
    return told
