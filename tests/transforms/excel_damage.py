"""The ways a spreadsheet damages a table: changes of its cells, and ways to save them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.transforms.excel import Grid, moment_of, workbook, written

ZERO = datetime(1899, 12, 30)  # noqa: DTZ001
_ERRORS = ("#VALOR!", "#REF!", "#NAME?", "#DIV/0!", "########", "#N/A!")

Save = Callable[[Grid], bytes]
Damage = Callable[[Grid], Grid]


def _text(delimiter: str, encoding: str, end: str = "\r\n") -> Save:
    return lambda grid: written(grid, delimiter, end).encode(encoding)


def _wrapped(grid: Grid) -> bytes:
    lines = (written([record], end="").replace('"', '""') for record in grid)
    return "".join(f'"{line}"\r\n' for line in lines).encode()


SAVES: dict[str, Save] = {
    "with semicolons": _text(";", "utf-8-sig"),
    "with tabs": _text("\t", "utf-8-sig"),
    "as Unicode text": _text("\t", "utf-16"),
    "in cp1252": _text(";", "cp1252"),
    "in cp1251": _text(";", "cp1251"),
    "in cp1253": _text(";", "cp1253"),
    "on a Mac": _text(",", "mac-roman", "\r"),
    "with doubled line ends": _text(",", "utf-8", "\r\r\n"),
    "with trailing semicolons": lambda grid: _text(";", "utf-8")(
        [[*row, *[""] * 4] for row in grid]
    ),
    "with empty rows below": lambda grid: _text(",", "utf-8")([*grid, *[[""] * len(grid[-1])] * 9]),
    "with each record in quotes": _wrapped,
    "as a workbook": lambda grid: workbook({"Sheet1": grid}),
    "as a workbook a year later": lambda grid: workbook({"Sheet1": grid}, year=2027),
}
"""How the cells are saved, without one of them being changed by hand."""


def _each(change: Callable[[str], str]) -> Damage:
    return lambda grid: [[change(cell) for cell in row] for row in grid]


def _days(form: str, clock: str = " %H:%M") -> Damage:
    def change(cell: str) -> str:
        moment = moment_of(cell)
        if moment is None:
            return cell
        return moment.strftime(form + (clock if moment.hour or moment.minute else ""))

    return _each(change)


def _serial(cell: str) -> str:
    moment = moment_of(cell)
    return cell if moment is None else repr((moment - ZERO) / timedelta(days=1)).removesuffix(".0")


def _where(pattern: str, change: Callable[[str], str]) -> Damage:
    whole = re.compile(pattern)
    return _each(lambda cell: change(cell) if whole.fullmatch(cell) else cell)


def _scientific(cell: str) -> str:
    return f"{float(cell):.2E}"


def _error(text: str) -> Damage:
    def damage(grid: Grid) -> Grid:
        count = 0
        changed = [list(row) for row in grid]
        for row in changed[1:]:
            for place, cell in enumerate(row):
                if re.fullmatch(r"[-\d.,%]+", cell):
                    count += 1
                    row[place] = text if count % 2 else cell
        return changed

    return damage


def _numbered(grid: Grid) -> Grid:
    return [[str(number), *row] for number, row in enumerate(grid[1:])]


CELLS: dict[str, Damage] = {
    "days as 6/30/2026": _days("%-m/%-d/%Y", " %-H:%M"),
    "days as 30.06.2026": _days("%d.%m.%Y"),
    "days as 30/06/2026": _days("%d/%m/%Y"),
    "days as 30-06-26": _days("%d-%m-%y"),
    "days as serial numbers": _each(_serial),
    "ids as 1.79E+16": _where(r"\d{15,}", _scientific),
    "ids as 1,79E+16": _where(r"\d{15,}", lambda cell: _scientific(cell).replace(".", ",")),
    "ids with 15 digits and zeros": _where(
        r"\d{17,}", lambda cell: cell[:15].ljust(len(cell), "0")
    ),
    "numbers as 1.23E+05": _where(r"\d{4,14}", _scientific),
    "numbers as 1,23E+05": _where(r"\d{4,14}", lambda cell: _scientific(cell).replace(".", ",")),
    "fractions with a comma": _where(r"-?\d+\.\d+%?", lambda cell: cell.replace(".", ",")),
    "millions with points": _where(r"\d{7,12}", lambda cell: f"{int(cell):,}".replace(",", ".")),
    "thousands with commas": _where(r"\d{4,12}", lambda cell: f"{int(cell):,}"),
    "fractions as days": _where(r"\d{1,2}\.\d{1,2}%?", lambda cell: f"{cell.split('.')[0]}.Jun"),
    "a minus sign of print": _where(r"-\d+", lambda cell: f"\u2212{cell[1:]}"),
    "negatives in brackets": _where(r"-\d+", lambda cell: f"({cell[1:]})"),
    "apostrophes before numbers": _where(r"[\d.]+", lambda cell: f"'{cell}"),
    "ids within a formula": _where(r"\d{15,}", lambda cell: f'="{cell}"'),
    **{f"{text} in cells": _error(text) for text in _ERRORS},
}
"""What happens to cells, whatever they are saved as."""

SHAPES: dict[str, Damage] = {
    "the last column twice": lambda grid: [[*row, row[-1]] for row in grid],
    "the first column twice": lambda grid: [[row[0], *row] for row in grid],
    "a header twice over other figures": lambda grid: [
        [*row, row[-1] if number == 0 else "9999"] for number, row in enumerate(grid)
    ],
    "values one column to the left": lambda grid: [grid[0], *([*row[1:], ""] for row in grid[1:])],
    "values one column to the right": lambda grid: [grid[0], *_numbered(grid)],
    "an index column": lambda grid: [["", *grid[0]], *_numbered(grid)],
    "the header without its first name": lambda grid: [[*grid[0][1:], ""], *grid[1:]],
    "an empty column at the left": lambda grid: [["", *row] for row in grid],
    "empty rows at the top": lambda grid: [*[[""] * len(grid[-1])] * 3, *grid],
    "empty rows between": lambda grid: [line for row in grid for line in (row, [""] * len(row))],
    "a header in capitals": lambda grid: [[cell.upper() for cell in grid[0]], *grid[1:]],
    "a header with odd spaces": lambda grid: [
        [f"\u00a0{cell.replace(' ', chr(0xA0))}  " for cell in grid[0]],
        *grid[1:],
    ],
    "a header with soft hyphens": lambda grid: [
        ["\u00ad".join(cell) for cell in grid[0]],
        *grid[1:],
    ],
}
"""What happens to rows, columns and the header."""
