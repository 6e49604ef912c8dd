"""Laying down a home: folders, settings, and reference data to edit."""

import dataclasses
import json
from pathlib import Path

from flows.references.kinds import EDITED
from flows.settings import SETTINGS_FILE, Settings
from schemas.limits import Limits
from transforms.briefs.brief import example_brief
from transforms.mappings.declarations import FOLDERS
from warehouse.home import Home

_EXAMPLE_BRIEF = "brief.example.toml"
_NOTES = {
    "tiers.toml": (
        "# Scales of mart.tier of your own; one of the same name replaces the one that ships.\n"
        "# [ours]\n"
        '# tiers = ["small", "large"]\n'
        "# followers_up_to = [50000]\n"
        '# source = "our own contracts"\n'
        "# read_on = 2026-01-31\n"
    ),
    "metric_definitions.toml": (
        "# Definitions of metrics of your own: a row that does not compare with the one before\n"
        "# cuts the trends at its day.\n"
        "# [[definition]]\n"
        '# platform = "youtube"\n'
        '# content_format = "short"\n'
        '# metric = "views"\n'
        '# definition_id = "youtube_short_views_2027"\n'
        "# valid_from = 2027-01-31\n"
        "# comparable_with_previous = false\n"
        '# source = "the notice, and the day it was read"\n'
    ),
}


def lay_down(settings: Settings) -> list[str]:
    """Make the home and what is to be edited in it; what is there stays as it is.

    Returns
    -------
    list of str
        What was made and what comes next, a line each.
    """
    home = Home(settings.home).create()
    written = [_write(home.path / SETTINGS_FILE, _settings_text(settings))]
    home.edited_reference.mkdir(exist_ok=True)
    for folder in FOLDERS:
        (home.edited_reference / folder).mkdir(exist_ok=True)
    written += [_write(home.edited_reference / name, _NOTES[name]) for name in EDITED.values()]
    written.append(_write(home.edited_reference / _EXAMPLE_BRIEF, example_brief()))
    said = [f"home   {home.path}", *(line for line in written if line)]
    if "://" not in settings.inbox:
        inbox = Path(settings.inbox)
        inbox.mkdir(parents=True, exist_ok=True)
        said.append(f"inbox  {inbox.resolve()}")
    return [
        *said,
        "next   put downloads into inbox/<platform>/<handle>/, then run: creator-metrics nightly",
    ]


def _write(path: Path, text: str) -> str | None:
    if path.exists():
        return None
    path.write_text(text, encoding="utf-8")
    return f"wrote  {path}"


def _settings_text(settings: Settings) -> str:
    """Write every setting with its meaning; only an inbox that was named is set."""
    lines = ["# Settings of this home; take the # away to change one. Arguments and the"]
    lines += ["# environment (CREATOR_METRICS_<NAME>) outrank this file."]
    fields = type(settings).model_fields
    for name, described in fields.items():
        if name in ("home", "limits"):
            continue
        value = getattr(settings, name)
        is_set = name == "inbox" and value != fields[name].default
        if is_set and "://" not in value:
            value = str(Path(value).resolve())
        written = "" if value is None else f" {json.dumps(value, ensure_ascii=False)}"
        lines += ["", f"# {described.description}", f"{'' if is_set else '# '}{name} ={written}"]
    lines += ["", f"# {fields['limits'].description}", "[limits]"]
    for limit in dataclasses.fields(Limits):
        lines += [f"# {limit.metadata['description']}", f"# {limit.name} = {limit.default}"]
    return "\n".join(lines) + "\n"
