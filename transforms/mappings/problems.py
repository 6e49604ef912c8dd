"""What is wrong with a mapping or an overlay of headers, all of it at once."""

from collections.abc import Collection


class MappingError(ValueError):
    """A mapping file or an overlay of headers cannot be used.

    Attributes
    ----------
    problems
        One sentence each: file, key, rule, what stands there, what to do.
    """

    def __init__(self, problems: Collection[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)
