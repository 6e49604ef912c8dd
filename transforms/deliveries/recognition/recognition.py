"""What a table was recognised as."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from transforms.export import Export


class RecognitionError(ValueError):
    """Two declarations claim the same table: one of them must be made more specific."""


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """What a table was recognised as, or what it is most like.

    Attributes
    ----------
    positions
        Canonical column to the positions of the headers that name it, first to last.
    told
        Canonical column to what its header tells besides: an ISO 4217 code, or what it is of; of
        two headers that tell different things, both.
    unknown
        Headers no declaration of the export (or of the nearest) names.
    missing
        Headers the nearest export needs and the table lacks, in the table's language.
    reason
        Why it is not recognised, or recognised and yet refused, in one sentence.
    about
        Canonical column that its title names; null for a table without a title.
    rivals
        Exports of other platforms that its title fits as well.
    is_by_shape
        Whether no name told it, but what stands in its cells.
    """

    export: Export | None
    language: str | None = None
    positions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    nearest: str | None = None
    missing: tuple[str, ...] = ()
    reason: str | None = None
    about: str | None = None
    rivals: tuple[Export, ...] = ()
    is_by_shape: bool = False
