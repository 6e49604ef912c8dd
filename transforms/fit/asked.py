"""The components a brief asks for, gathered over a panel."""

import numpy as np

from schemas.brief import COMPONENTS, Brief
from transforms.fit.accounts.targeted_reach import targeted_reach
from transforms.fit.audience.match import audience_match
from transforms.fit.audience.target_share import target_share
from transforms.fit.audience.wanted import wanted, wanted_dimensions
from transforms.fit.component import Floats
from transforms.fit.content.crowding import brand_crowding
from transforms.fit.content.index import ContentIndex
from transforms.fit.content.match import content_match
from transforms.fit.content.safety import brand_safety
from transforms.fit.creators import Creators
from transforms.fit.facts import Asked
from transforms.fit.panel import Panel


def asked(brief: Brief, panel: Panel, content: ContentIndex, creators: Creators) -> Asked:
    """Compute what a brief asks for of every account of a panel.

    Parameters
    ----------
    content
        What the captions of the same panel say, made with the brief.
    creators
        Those that compete for the brief.
    """
    match, parts = audience_match(brief, panel)
    share = target_share(brief, panel)
    reach = targeted_reach(panel.accounts, share, creators.place)
    told = (
        match,
        share,
        reach,
        panel.engagement,
        panel.consistency,
        content_match(brief, content),
        brand_crowding(brief, content),
        brand_safety(brief, content),
    )
    found = {component.name: component for component in told if component is not None}
    names = wanted_dimensions(brief)
    return Asked(
        components={name: found[name] for name in COMPONENTS if name in found},
        share=share,
        reach=reach,
        parts=dict(zip(names, parts, strict=True)),
        inside={name: _inside(brief, panel, name) for name in names},
    )


def _inside(brief: Brief, panel: Panel, name: str) -> Floats:
    dimension = panel.audience[name]
    shares = (dimension.share(segment) for segment in wanted(brief, name))
    share = sum(shares, np.zeros(panel.n_accounts))
    return np.where(dimension.is_known, np.minimum(share, 1.0), np.nan)
