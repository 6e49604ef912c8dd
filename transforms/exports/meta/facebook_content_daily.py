"""Meta Business Suite, content export of Facebook, one row per post and day.

The twin of the lifetime export: the same columns but views, and a day in `Date`. It says what a
post is as well, once per post; it enters no total since publication.
"""

from dataclasses import replace

from transforms.export import Export
from transforms.exports.meta import content as meta
from transforms.exports.meta import facebook_content
from transforms.vocabulary import Vocabulary


def declared(names: Vocabulary) -> Export:
    """Declare the export with these names."""
    return replace(meta.daily(facebook_content.declared(names)), declared=declared)


EXPORT = declared(facebook_content.NAMES)
