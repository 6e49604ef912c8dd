"""YouTube Studio, Advanced mode, Geography: views by country of the viewer.

ISO 3166-1 alpha-2 codes. Countries with few views are withheld but counted in the Total row: the
difference is `unreported`, and so is `ZZ`, a country that Studio does not know. The period stands
in the zip's name alone.
"""

from functools import partial

from transforms.cells import not_data, segments
from transforms.export import Export
from transforms.exports.youtube.conventions import DIMENSIONS
from transforms.shapes.cells import is_country_code
from transforms.shapes.youtube import ByKey, all_are
from transforms.shares import Distribution, count
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return Export(
        name="youtube_geography",
        platform="youtube",
        title="YouTube Studio geography, Table data",
        vocabulary=names,
        declared=declared,
        **Distribution(
            basis="views",
            dimension="country",
            segment=segments.country("geography"),
            figure=count("views"),
            prepare=partial(segments.with_countries, column="geography"),
            not_data=(not_data.total_row("geography", names),),
        ).fields(),
        key="geography",
        forbidden=DIMENSIONS - {"geography"} | {"date", "content", "video_title"},
        period="figures",
        shape=ByKey(key="geography", are_keys=all_are(is_country_code), figure="views"),
        source="Real exports of 2024, read 2026-11-23; YouTube Help, 'Limited data in YouTube "
        "Analytics' (support.google.com/youtube/answer/9101241)",
        where="YouTube Studio > Analytics > Advanced mode > Geography > Export current view > CSV; "
        "keep the zip's name",
    )


EXPORT = declared(NAMES)
