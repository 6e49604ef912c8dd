"""One report, or a few alike, as Markdown: how it is told, what each header becomes."""

from transforms.export import Export
from transforms.handbook.groups import Group, Row, constants, names_of, rows, worked_out
from transforms.handbook.names import code, in_english, languages, quoted, shown
from transforms.vocabulary import Name

_CATALOGUES = {"complete": "lists every post", "top": "lists the best posts only"}
_HEADER = "`<header>`"


def report(group: Group) -> list[str]:
    """Write the section of a group of reports that fill tables."""
    return [
        f"### {group.title}",
        "",
        *(f"- `{export.name}` is told by {_told_by(export)}." for export in group.exports),
        *(f"- {fact}" for fact in _facts(group)),
        "",
        "| header | canonical column | fills | unit | needed |",
        "|---|---|---|---|---|",
        *(_line(row) for row in rows(group)),
        "",
    ]


def kept(export: Export) -> str:
    """Write what is known of a report that fills no table, and why."""
    reason = str(export.kept).format(key=_HEADER)
    said = f"- **{export.title}** (`{export.name}`): {reason}. Told by {_told_by(export)}"
    if _HEADER in reason and export.key not in export.titles:
        english = [name for name in names_of(export, export.key) if name.language == "en"]
        said += f". {_HEADER} is one of {', '.join(map(shown, english))}"
    return f"{said}."


def _told_by(export: Export) -> str:
    """Say in words what makes a table this report."""
    told = _told_by_title(export) if export.titles else _told_by_headers(export)
    return f"{told}; where no name fits, by its cells" if export.shape else told


def _told_by_title(export: Export) -> str:
    kind = "a sheet named" if export.is_sheet else "a table titled"
    told = f"{kind} {quoted(export, export.titles, ' or ')}"
    return f"{told}, the part on {export.part.replace('_', ' ')}" if export.part else told


def _told_by_headers(export: Export) -> str:
    told = quoted(export, export.required)
    if export.one_of and export.kept:
        told += f", at least one of {quoted(export, export.one_of)}"
    elif export.one_of:
        told += ", at least one of those marked so below"
    if export.key_like:
        told += f", {quoted(export, [export.key])} being written as the report writes it"
    return f"{told}, and none of {quoted(export, export.forbidden)}" if export.forbidden else told


def _facts(group: Group) -> list[str]:
    facts = [
        f"Fills {code(f'history.{table}' for table in group.first.tables)}.",
        f"Names seen in real files, of all known: {_languages(group)}.",
        _told_by_no_header(group),
        _known_for(group.first),
    ]
    return [fact for fact in facts if fact]


def _languages(group: Group) -> str:
    return ", ".join(
        f"{in_english(language)} {seen}/{known}"
        for language, (seen, known) in languages(group.exports).items()
    )


def _told_by_no_header(group: Group) -> str | None:
    per_report = [constants(export) for export in group.exports]
    said = []
    for name in per_report[0]:
        values = dict.fromkeys(constant[name] for constant in per_report)
        said.append(f"`{name}` is {' or '.join(values)}")
    if found := worked_out(group.first):
        said.append(f"the whole file tells {code(found)}")
    return f"Told by no header: {', '.join(said)}." if said else None


def _known_for(export: Export) -> str | None:
    left_out = dict.fromkeys(found.reason for found in export.not_data)
    checks = dict.fromkeys(check.name for check in export.cross_checks)
    facts = [
        _CATALOGUES.get(export.catalogue or ""),
        f"is cut by the platform at {export.cap} records" if export.cap else None,
        "has figures of a period, not of all time" if export.period == "figures" else None,
        "may write days without a year" if export.yearless else None,
        f"can hold records that are no data: {', '.join(left_out)}" if left_out else None,
        f"is held to {', '.join(checks)}" if checks else None,
    ]
    said = [fact for fact in facts if fact]
    return f"It {'; '.join(said)}." if said else None


def _headers(row: Row) -> list[Name]:
    """Choose the names to show: one, but of each kind where the header tells the kind."""
    first = row.names[0]
    return [
        name
        for name in row.names
        if name is first or (first.meaning and name.language == first.language)
    ]


def _line(row: Row) -> str:
    cells = (
        " or ".join(map(shown, _headers(row))),
        f"`{row.column}`",
        code(row.fills) or "nothing",
        ", ".join(row.units),
        row.need,
    )
    return f"| {' | '.join(cells)} |"
