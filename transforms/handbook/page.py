"""The page of all exports, written from their declarations."""

from collections.abc import Iterator, Mapping, Sequence

from transforms.export import Export
from transforms.handbook.groups import LISTS, Group, grouped, section
from transforms.handbook.names import UNSEEN, languages
from transforms.handbook.platform import platform

_HEADINGS = {
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "x": "X",
    "linkedin": "LinkedIn",
    LISTS: "Lists of creators",
}
"""Section to its heading, in the order of the page; one that is not here comes last."""

_INTRODUCTION = f"""\
# What creators hand over, and what becomes of it

Written from the declarations in `transforms/exports/`, never by hand: after a change of theirs
`python -m tests.transforms.handbook.test_page` writes it again.

A file is told by its titles and headers, never by its name. A report is `loaded` where it fills
tables of the `history` schema, and `kept` where it is known and fills none: the file is archived
and listed with the reason. What no declaration fits is archived as unrecognised, with the nearest
report and what is missing; what is recognised and cannot be read truthfully is refused, with the
reason. `creator-metrics inspect FILE` says of a file, header by header, which of all this it is.
`docs/mappings.md` says how to add a language, and how to map any other list or report.

Headers are shown in English where that is known; {UNSEEN} marks one that no real file had, only a
page or a program that reads such files. `English 20/24` says that 24 names are known and 20 were
seen in real files. `{{currency}}` stands for the code of a currency. A file without a header that
is needed is not the report; of those that say `one of these`, one at least must be there. Headers
can fill a column together. One that fills nothing tells the report, or how to read it; one that is
not in a report's table is not loaded. Where a table is told by its title, the title and the place
of a column say what the column is, whatever its header.
"""


def page(exports: Mapping[str, Export]) -> str:
    """Write the page: every report with its status, then platform by platform.

    Parameters
    ----------
    exports
        Export by name. Equal declarations give the same page.
    """
    sections = _sections(exports)
    lines = [_INTRODUCTION, "## All reports", "", *_overview(sections), ""]
    for name, groups in sections.items():
        lines += [f"## {_heading(name)}", "", *platform(groups)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _sections(exports: Mapping[str, Export]) -> dict[str, list[Group]]:
    found: dict[str, list[Group]] = {name: [] for name in _HEADINGS}
    for group in grouped(exports.values()):
        found.setdefault(section(group.first), []).append(group)
    return {name: groups for name, groups in found.items() if groups}


def _heading(name: str) -> str:
    return _HEADINGS.get(name, name)


def _overview(sections: Mapping[str, Sequence[Group]]) -> Iterator[str]:
    yield "| platform | report | status | fills | languages seen in real files, of all known |"
    yield "|---|---|---|---|---|"
    for name, groups in sections.items():
        for group in groups:
            status = "kept" if group.first.kept else "loaded"
            fills = ", ".join(f"`{table}`" for table in group.first.tables)
            counts = languages(group.exports)
            seen = sum(1 for of_files, _ in counts.values() if of_files)
            told = f"{seen} of {len(counts)}"
            yield f"| {_heading(name)} | {group.title} | {status} | {fills} | {told} |"
