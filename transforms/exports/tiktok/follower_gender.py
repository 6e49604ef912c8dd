"""TikTok Studio, Followers, `FollowerGender.csv`: followers by gender.

Fractions with two decimals; in 2021 percentages with their sign. `Other` is a gender of its own,
not a rest. A file of an account with too few followers has a header and no rows.
"""

from transforms.cells import segments
from transforms.export import Export
from transforms.shares import Distribution, share
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return Export(
        name="tiktok_follower_gender",
        platform="tiktok",
        title="TikTok Studio followers by gender",
        vocabulary=names,
        declared=declared,
        **Distribution(
            basis="followers",
            dimension="gender",
            segment=segments.worded("gender", names, ("female", "male", "other")),
            figure=share("distribution"),
        ).fields(),
        key="gender",
        source="Real exports of 2021 and 2026, read 2026-11-23",
        where="TikTok Studio > Analytics > Followers > Download data; keep the zip's name",
    )


EXPORT = declared(NAMES)
