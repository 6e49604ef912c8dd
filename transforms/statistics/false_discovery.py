"""Control of the false discovery rate over many tests."""

import numpy as np

from transforms.statistics.points import Floats, Integers


def benjamini_hochberg(p: Floats, family: Integers) -> Floats:
    """Adjust p-values within each family; NaN stays NaN and counts as no test.

    Notes
    -----
    Benjamini, Y. and Hochberg, Y. (1995), J. R. Stat. Soc. B 57, 289-300; agrees with
    `scipy.stats.false_discovery_control(method="bh")`.
    """
    adjusted = np.full(len(p), np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.lexsort((p[tested], family[tested]))]
    bounds = np.flatnonzero(np.diff(family[order])) + 1
    for members in np.split(order, bounds) if len(order) else ():
        m = len(members)
        ratio = p[members] * m / np.arange(1, m + 1)
        adjusted[members] = np.minimum(np.minimum.accumulate(ratio[::-1])[::-1], 1.0)
    return adjusted
