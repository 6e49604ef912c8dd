"""A file of the sample inbox, and what becomes of its tables."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

LOADED, EMPTY = ("loaded",), ("empty",)
UNRECOGNISED, REFUSED = ("unrecognised",), ("refused",)
UNREADABLE = ("refused", "unrecognised")


@dataclass(frozen=True, kw_only=True)
class Member:
    """What becomes of one table of a file.

    Attributes
    ----------
    member
        Path within the zip; null for a loose file.
    statuses
        Statuses that are right; none listed means the pipeline must not read it at all.
    quarantined
        Records that break a rule, or null where more than one answer is right.
    """

    member: str | None = None
    statuses: tuple[str, ...] = LOADED
    quarantined: int | None = 0


@dataclass(frozen=True, kw_only=True)
class InboxFile:
    """One file of the inbox, relative to it, with what becomes of its tables."""

    path: str
    content: bytes
    exported_on: date
    members: tuple[Member, ...] = (Member(),)

    @property
    def modified_at(self) -> float:
        """Give the file's own time: the evening of its export day."""
        return datetime(*self.exported_on.timetuple()[:3], 21, 30, tzinfo=UTC).timestamp()


def entry_time(day: date) -> datetime:
    """Give the time that a zip's entries have when it was made on a day."""
    return datetime(day.year, day.month, day.day, 9, 37, tzinfo=UTC)
