"""TikTok Studio, Followers, `FollowerTopTerritories.csv`: followers by country.

The ten largest as ISO 3166-1 alpha-2 codes (Kosovo is `XK`), `Others` for all else, fractions
with three decimals. In 2021 the five largest by name, percentages with their sign and no rest.
A file of an account with too few followers has a header and no rows.
"""

from functools import partial

from transforms.cells import segments
from transforms.export import Export
from transforms.shares import Distribution, share
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return Export(
        name="tiktok_follower_territories",
        platform="tiktok",
        title="TikTok Studio followers by country",
        vocabulary=names,
        declared=declared,
        **Distribution(
            basis="followers",
            dimension="country",
            segment=segments.country("territory", names),
            figure=share("distribution"),
            prepare=partial(segments.with_countries, column="territory"),
        ).fields(),
        key="territory",
        source="Real exports of 2021 and 2026, read 2026-11-23",
        where="TikTok Studio > Analytics > Followers > Download data; keep the zip's name",
    )


EXPORT = declared(NAMES)
