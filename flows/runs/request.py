"""What a person asks of a backfill, in the Prefect UI or on the command line.

The run form shows the fields in their order, with their titles and descriptions.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from transforms.core.knowledge import Knowledge

Platform = Literal["facebook", "instagram", "linkedin", "tiktok", "x", "youtube"]

MAX_REASON = 500
"""Characters of a reason; it stands in every row of ops.build that the backfill writes."""

_SHOW_WHAT_IS_GIVEN = ("_type", "_parsing", "literal_error")
"""Kinds of pydantic's errors whose words do not show the value."""


class RequestError(ValueError):
    """A request that cannot be met.

    Attributes
    ----------
    problems
        A line for each field that is wrong: its title, as the form shows it, its name, and why.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "; ".join(self.problems)


def _may_stay_empty(field: dict[str, Any]) -> None:
    """Show an empty field of its type, instead of a switch between the type and nothing."""
    shown, _ = field.pop("anyOf")
    del field["default"]
    field.update(shown)


class BackfillRequest(BaseModel):
    """Which days to build again, from what, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="What to build again")

    start: Annotated[
        date | None,
        Field(
            title="First day",
            description="Needed, unless only stale days are asked for.",
            json_schema_extra=_may_stay_empty,
        ),
    ] = None
    end: Annotated[
        date | None,
        Field(
            title="Last day",
            description="Inclusive. Empty: the last whole day that has passed.",
            json_schema_extra=_may_stay_empty,
        ),
    ] = None
    only_stale: Annotated[
        bool,
        Field(
            title="Only stale days",
            description="Only days built before data arrived that changes them "
            "(ops.stale_partition). Both days may then stay empty: all stale days.",
        ),
    ] = False
    platforms: Annotated[
        tuple[Platform, ...],
        Field(
            title="Platforms",
            description="Leave out days before the first data of accounts on these; of stale "
            "days, those that other accounts made stale. Empty: all platforms. A day is always "
            "built for everyone, since percentiles compare accounts with each other.",
        ),
    ] = ()
    creators: Annotated[
        tuple[str, ...],
        Field(
            title="Creators",
            description="The same for these creators: a creator id, an account id or a handle "
            "each. Empty: all creators.",
        ),
    ] = ()
    knowledge: Annotated[
        Knowledge,
        Field(
            title="Knowledge",
            description="latest: all that is known now. reported: only what the platforms had "
            "said by each day. loaded: only what had been loaded by the cutoff.",
        ),
    ] = "latest"
    cutoff: Annotated[
        datetime | None,
        Field(
            title="Cutoff",
            description="With knowledge loaded only: the moment of the last load to use. That of "
            "a night stands in ops.build.",
            json_schema_extra=_may_stay_empty,
        ),
    ] = None
    dry_run: Annotated[
        bool,
        Field(
            title="Dry run",
            description="Build aside, say which rows would change, and keep nothing.",
        ),
    ] = False
    reason: Annotated[
        str,
        Field(
            title="Reason",
            description="Why; kept in ops.build with every table that is built.",
            max_length=MAX_REASON,
        ),
    ] = ""

    @field_validator("creators")
    @classmethod
    def _named(cls, creators: tuple[str, ...]) -> tuple[str, ...]:
        if any(not one.strip() for one in creators):
            raise ValueError("one of them is empty; take it out, or write whom you mean")
        return tuple(dict.fromkeys(one.strip() for one in creators))

    @field_validator("cutoff")
    @classmethod
    def _in_utc(cls, cutoff: datetime | None) -> datetime | None:
        """Read a moment without a zone as UTC, which the field says it is."""
        if cutoff is None or cutoff.tzinfo is not None:
            return cutoff
        return cutoff.replace(tzinfo=UTC)

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if wrong := [_wrong(field, said) for field, said in self._disagreements()]:
            raise ValidationError.from_exception_data("request", wrong)
        return self

    def _disagreements(self) -> Iterator[tuple[str, str]]:
        """Give the fields that do not go with the others, and why."""
        if self.start is None and not self.only_stale:
            yield "start", "empty; give the first day, or ask for only stale days"
        if self.start and self.end and self.end < self.start:
            yield "end", f"{self.end} lies before the first day, {self.start}; exchange the two"
        if self.knowledge == "loaded" and self.cutoff is None:
            yield "cutoff", "empty; knowledge `loaded` needs one, a night's stands in ops.build"
        if self.knowledge != "loaded" and self.cutoff is not None:
            yield "cutoff", f"goes with knowledge `loaded` only, not with `{self.knowledge}`"

    @property
    def is_of_some(self) -> bool:
        """Say whether it names platforms or creators."""
        return bool(self.platforms or self.creators)


def checked(asked: BackfillRequest | Mapping[str, Any]) -> BackfillRequest:
    """Give a request as it was asked, once nothing is wrong with it.

    Raises
    ------
    RequestError
        Says which fields are wrong, and why.
    """
    try:
        return BackfillRequest.model_validate(asked)
    except ValidationError as error:
        raise RequestError(*(_told(one) for one in error.errors())) from None


def problem(said: str, field: str, *place: str | int) -> str:
    """Say what is wrong with a field of the form, or with one place of its list.

    >>> problem("2025-06-20 lies before the first day", "end")
    'Last day (end): 2025-06-20 lies before the first day'
    """
    known = BackfillRequest.model_fields.get(field)
    name = ".".join(map(str, (field, *place)))
    return f"{known.title} ({name}): {said}" if known else f"{name}: {said}"


def _told(error: ErrorDetails) -> str:
    field, *place = error["loc"] or ("request",)
    said = error["msg"].removeprefix("Value error, ")
    given = f"; given is {error['input']!r}" if error["type"].endswith(_SHOW_WHAT_IS_GIVEN) else ""
    return problem(f"{said}{given}", str(field), *place)


def _wrong(field: str, said: str) -> InitErrorDetails:
    error = PydanticCustomError("request", "{said}", {"said": said})
    return InitErrorDetails(type=error, loc=(field,), input=None)
