"""Keeping what the user writes: a new version of each file that changed and can be used."""

from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from flows.references.additions import keep_additions
from flows.references.briefs import is_brief, keep_briefs
from flows.references.kinds import DEFINITIONS, EDITED, ROSTER, TIERS, presets_of, tiers_in_use
from transforms.reading import ReadingError
from transforms.reference.definitions import metric_definition
from transforms.roster import RosterError, read_roster
from warehouse import reference
from warehouse.arrivals.collect import ReferenceFile
from warehouse.home import Home

_CHECKED: dict[str, Callable[[str], object]] = {
    TIERS: presets_of,
    DEFINITIONS: metric_definition,
}


def keep(
    home: Home,
    found: Iterable[ReferenceFile],
    now: datetime,
    zone: ZoneInfo,
    tier_scale: str | None = None,
) -> list[str]:
    """Keep a new version of each file that changed and can be used; say what is wrong.

    A file that cannot be used is kept apart, under `unusable/`, and the version before it
    stays in force.

    Parameters
    ----------
    tier_scale
        Scale in use, whose tiers a brief can name; without it any name will do.
    """
    files = list(found)
    problems: list[str] = []
    for file in files:
        if is_brief(file.kind):
            continue
        if file.kind == ROSTER:
            try:
                problems += read_roster(file.content, file.arrived_on).problems
            except (RosterError, ReadingError) as error:
                problems.append(f"{error}; the roster before it stays in force")
                reference.record(home, f"unusable/{ROSTER}", file.content, file.path, now)
                continue
        local = file.arrived_at.astimezone(zone)
        reference.record(home, file.kind, file.content, file.path, local)
    for kind, name in EDITED.items():
        path = home.edited_reference / name
        if path.exists():
            problems += _keep_edited(home, kind, path.read_bytes(), name, now.astimezone(zone))
    briefs = [file for file in files if is_brief(file.kind)]
    today = now.astimezone(zone).date()
    problems += keep_additions(home, now.astimezone(zone))
    return problems + keep_briefs(home, briefs, zone, tiers_in_use(home, tier_scale, today))


def _keep_edited(home: Home, kind: str, content: bytes, name: str, now: datetime) -> list[str]:
    try:
        _CHECKED[kind](content.decode("utf-8"))
    except ValueError as error:
        reference.record(home, f"unusable/{kind}", content, name, now)
        return [f"reference/{name}: {error}; the version before it stays in force"]
    reference.record(home, kind, content, name, now)
    return []
