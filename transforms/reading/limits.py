"""What must not be read as it is, for its size."""

from schemas.limits import DEFAULT_LIMITS, Limits
from transforms.reading.errors import ReadingError

__all__ = ["DEFAULT_LIMITS", "Limits", "check_rewriting"]


def check_rewriting(
    size_bytes: int, name: str, why: str, limits: Limits, limit: str = "max_rewritten_bytes"
) -> None:
    """Refuse what would have to be written anew and is too large to hold twice."""
    if size_bytes > getattr(limits, limit):
        raise ReadingError(
            f"{name} {why}, and has {size_bytes:,} bytes, {limits.more_than(limit)}: save it as "
            "UTF-8 CSV, or export a shorter period"
        )
