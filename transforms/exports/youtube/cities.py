"""YouTube Studio, Advanced mode, Cities: views by city of the viewer.

A city is an id and the name Studio shows, `New York, NY, USA`, in the language of the interface;
the name is kept. The list ends at 500 cities with a footer. Cities with few views are withheld but
counted in the Total row: the difference is `unreported`. The period stands in the zip's name alone.
"""

from transforms.cells import not_data, segments
from transforms.export import Export
from transforms.exports.youtube.conventions import CAP, DIMENSIONS
from transforms.shapes.cells import is_feature_id, is_words
from transforms.shapes.youtube import ByKey, all_are
from transforms.shares import Distribution, count
from transforms.vocabulary import Vocabulary, read_vocabulary

NAMES = read_vocabulary(__name__)

CITY_ID = r"^\s*0x[0-9a-f]+:0x[0-9a-f]+\s*$"


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return Export(
        name="youtube_cities",
        platform="youtube",
        title="YouTube Studio cities, Table data",
        vocabulary=names,
        declared=declared,
        **Distribution(
            basis="views",
            dimension="city",
            segment=segments.place("city_name"),
            figure=count("views"),
            identity=("cities", "city_name"),
            not_data=(not_data.total_row("cities", names), not_data.footer("cities", CITY_ID, CAP)),
        ).fields(),
        key="cities",
        forbidden=DIMENSIONS - {"cities", "city_name"} | {"date", "content", "video_title"},
        cap=CAP,
        period="figures",
        shape=ByKey(
            key="cities",
            are_keys=all_are(is_feature_id),
            figure="views",
            beside={"city_name": is_words},
        ),
        source="Real exports of 2024, read 2026-11-23; YouTube Help, 'Limited data in YouTube "
        "Analytics' (support.google.com/youtube/answer/9101241)",
        where="YouTube Studio > Analytics > Advanced mode > Cities > Export current view > CSV; "
        "keep the zip's name",
    )


EXPORT = declared(NAMES)
