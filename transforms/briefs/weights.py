"""The `[weights]` of a brief: what each component of the fit counts."""

import math

from schemas.brief import COMPONENTS, DEFAULT_WEIGHTS
from transforms.briefs.problems import did_you_mean
from transforms.briefs.table import Table, as_number

_SHORT = {
    "audience": "audience_match",
    "target": "target_share",
    "reach": "targeted_reach",
    "content": "content_match",
    "crowding": "brand_crowding",
    "safety": "brand_safety",
}
NAMES = {**_SHORT, **{component: component for component in COMPONENTS}}
"""What a brief may write to the component it means."""


def read_weights(table: Table) -> dict[str, float]:
    """Read the weights; a component that is not named keeps its default.

    Returns
    -------
    dict
        Every component to its weight, 0 or above; the sum is finite and above 0.
    """
    named: dict[str, float] = {}
    for written, value in table.content.items():
        component = NAMES.get(written)
        weight = as_number(value)
        if component is None:
            table.refuse(written, "is no component of the fit", did_you_mean(written, NAMES))
        elif component in named:
            table.refuse(written, f"weighs {component} a second time", "take one of the two out")
        elif weight is None or weight < 0:
            table.refuse(written, "must be a number, 0 or above", f"write {written} = 2")
        else:
            named[component] = weight
    weights = {**DEFAULT_WEIGHTS, **named}
    total = sum(weights.values())
    if not 0 < total < math.inf:
        table.refuse(
            "", "must sum to a number above 0", "write weights as 3 or 0.5", ", ".join(named)
        )
    return weights
