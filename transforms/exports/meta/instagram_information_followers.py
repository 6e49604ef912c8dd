"""Instagram, Download your information: how many followers there are, on the day of export.

`Followers` is the level in the audience's root alone; in that of reach it is a share.
"""

from transforms.cells import parse
from transforms.export import Export
from transforms.exports.meta import information
from transforms.layout import Layout
from transforms.reading.table import TextTable
from transforms.vocabulary import Vocabulary


def _lay_out(table: TextTable, _: str, __: Vocabulary) -> Layout | None:
    followers = information.cells(table).get("followers")
    if followers is None:
        return None
    return information.lay_out_records(table, ("followers",), [(followers,)])


EXPORT = Export(
    name="instagram_information_followers",
    platform="instagram",
    title="Instagram, Download your information, followers",
    vocabulary=information.NAMES,
    tables=("account_day",),
    columns={"followers": parse.count("followers")},
    key="followers",
    titles=frozenset({"audience"}),
    part="followers",
    layout=_lay_out,
    source=information.SOURCE,
    where=information.WHERE,
)
