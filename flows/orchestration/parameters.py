"""What a run may be given, as the run form of the Prefect UI asks for it.

Each is an empty field of its type with a title, instead of a switch between the type and nothing:
what stays empty is sent as an empty text, since the server takes null for a text nowhere.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema


def _given(value: Any) -> Any:
    """Take a field that was emptied for one that was never filled."""
    return None if value == "" else value


Day = Annotated[
    date | None,
    BeforeValidator(_given),
    WithJsonSchema({"type": "string", "format": "date"}),
    Field(json_schema_extra={"title": "Day", "default": ""}),
]
HomeFolder = Annotated[
    Path | None,
    BeforeValidator(_given),
    WithJsonSchema({"type": "string"}),
    Field(json_schema_extra={"title": "Home", "default": ""}),
]
InboxPlace = Annotated[
    str | None,
    BeforeValidator(_given),
    WithJsonSchema({"type": "string"}),
    Field(json_schema_extra={"title": "Inbox", "default": ""}),
]
