"""Changes to an export that leave it recognisable, so that an input comes deep into its reader.

Blind bytes seldom get past a header. These change cells, rows, columns, quotes, delimiters and
encodings instead, and take from another export what stands in the same place.
"""

import re
from collections.abc import Callable
from random import Random

from tests.transforms import oddities

SHEET = "\x1c"
"""Parts the sheets of a workbook that is written as text, name first, tabs between cells."""

_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null|[\[\]{},]')
_JSON_ENTRY = re.compile(r"\{[^{}]*\}")
_NUMBER = re.compile(r"\d[\d.,]*")
_DIGITS = ("0", "-1", "1", "99999999999", "1e9", "0.5", "1.234.567", "1,234,567", "12,5", "2026",
           "18446744073709551616", "00", "1 234", "\u0663", "31", "13", "NaN")  # fmt: skip
_JSON_ODD = ("null", "true", "[]", "{}", '""', "0", "-1", "1e400", "99999999999", '"\\ud800"',
             '"\\u00c3\\u00a9"', '{"value": "1"}', '{"timestamp": 1e12}')  # fmt: skip
_TURNS = (1, 1, 1, 2, 2, 3, 5)

Change = Callable[[str, str, Random], str]


def mutated(content: bytes, donor: bytes, random: Random) -> bytes:
    """Change a file a few times.

    Parameters
    ----------
    donor
        Another file, of which rows, headers and cells can come.
    """
    text, encoding = _decoded(content)
    given, _ = _decoded(donor)
    for _ in range(random.choice(_TURNS)):
        is_json = text.lstrip()[:1] in ("{", "[")
        text = random.choice(_OF_JSON if is_json else _OF_TABLES)(text, given, random)
    if random.random() < 0.06:
        encoding = random.choice(oddities.ENCODINGS)
    encoded = text.encode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")
    return _bytes_changed(encoded, random) if random.random() < 0.15 else encoded


def mutated_place(place: str, random: Random) -> str:
    """Change the name a file lies under: a number, a letter, the folder."""
    if random.random() < 0.6:
        return _number_changed(place, "", random)
    at = random.randrange(len(place) + 1)
    odd = random.choice(("", " ", "_", "2026-01-31", "2025", "(1)", "'", "\u202e", "é", "-"))
    return place[:at] + odd + place[at + random.randrange(3) :]


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "utf-16"
    return content.decode("utf-8", "surrogateescape"), "utf-8"


def _bytes_changed(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    end = at + random.choice((0, 0, 1, 8, 64))
    odd = random.choice((*oddities.BYTES, random.randbytes(2)))
    return content[:at] + content[at:end] * random.randrange(3) + odd + content[end:]


def _delimiter(text: str) -> str:
    start = text[:600]
    return max(("\t", ",", ";"), key=start.count)


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _at(items: list[str], random: Random) -> int:
    return random.randrange(len(items))


def _odd(random: Random, text: str) -> str:
    """Give an odd cell; one with a delimiter, a quote or a line's end mostly within quotes."""
    cell = random.choice(oddities.CELLS)
    if SHEET in text or "\t" in text or not any(mark in cell for mark in ',;"\n'):
        return cell
    return cell if random.random() < 0.1 else '"' + cell.replace('"', '""') + '"'


def _cell_changed(text: str, given: str, random: Random) -> str:
    lines, mark = _lines(text), _delimiter(text)
    place = _at(lines, random)
    cells = lines[place].split(mark)
    column = _at(cells, random)
    match random.randrange(5):
        case 0 | 1:
            cells[column] = _odd(random, text)
        case 2:
            cells[column] = random.choice(random.choice(lines).split(mark))
        case 3:
            cells[column] = random.choice(random.choice(_lines(given)).split(_delimiter(given)))
        case 4:
            del cells[column]
    lines[place] = mark.join(cells)
    return "\n".join(lines)


def _number_changed(text: str, _given: str, random: Random) -> str:
    found = list(_NUMBER.finditer(text))
    if not found:
        return text
    number = random.choice(found)
    old = number.group()
    at = random.randrange(len(old))
    digit = str(random.randrange(10))
    new = random.choice((random.choice(_DIGITS), old[:at] + digit + old[at + 1 :], old + digit))
    return text[: number.start()] + new + text[number.end() :]


def _rows_changed(text: str, given: str, random: Random) -> str:
    lines = _lines(text)
    place = _at(lines, random)
    match random.randrange(8):
        case 0:
            del lines[place]
        case 1:
            lines.insert(_at(lines, random), lines[place])
        case 2:
            lines[place:] = random.sample(lines[place:], len(lines) - place)
        case 3:
            lines.insert(place, random.choice(("", " ", _delimiter(text) * 3, "\r", SHEET)))
        case 4:
            lines.insert(place, lines[0])
        case 5:
            lines.insert(place, random.choice(_lines(given)))
        case 6:
            lines[place:place] = lines[place : place + 3] * random.randrange(2, 20)
        case 7:
            lines[0] = _lines(given)[0]
    return "\n".join(lines)


def _columns_changed(text: str, _given: str, random: Random) -> str:
    lines, mark = _lines(text), _delimiter(text)
    table = [line.split(mark) for line in lines]
    widest = max(map(len, table))
    first, second = random.randrange(widest), random.randrange(widest)
    kind = random.randrange(4)
    for cells in table:
        if max(first, second) >= len(cells):
            continue
        if kind == 0:
            del cells[first]
        elif kind == 1:
            cells.insert(second, cells[first])
        elif kind == 2:
            cells[first], cells[second] = cells[second], cells[first]
        else:
            cells[first] = cells[first] and table[-1][-1]
    return "\n".join(mark.join(cells) for cells in table)


def _header_changed(text: str, _given: str, random: Random) -> str:
    header, end, rest = text.partition("\n")
    at = random.randrange(len(header) + 1)
    odd = random.choice(("\u00ad", " ", "\u00a0", "\ufeff", "(", ")", "%", "-", "é", "\u200b", "s"))
    changed = random.choice(
        (header.upper(), header.lower(), header[:at] + odd + header[at:], header[:at], header[at:])
    )
    return changed + end + rest


def _quotes_changed(text: str, _given: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    mark = _delimiter(text)
    match random.randrange(5):
        case 0:
            return text[:at] + '"' + text[at:]
        case 1:
            return text.replace('"', "")
        case 2:
            return text.replace('"', '""')
        case 3:
            cells = (line.split(mark) for line in _lines(text))
            return "\n".join(mark.join(f'"{cell}"' for cell in line) for line in cells)
    return "\n".join(f'"{line}"' for line in _lines(text))


def _layout_changed(text: str, _given: str, random: Random) -> str:
    mark = _delimiter(text)
    match random.randrange(5):
        case 0:
            return text.replace(mark, random.choice(",;\t|"))
        case 1:
            return text.replace("\n", random.choice(("\r", "\r\n", "\n\n", "\n\r")))
        case 2:
            return f"sep={random.choice((mark, ',', ';'))}\n{text}"
        case 3:
            return f"{random.choice(('Title', 'Views', 'Total', 'Age & gender'))}\n{text}"
    return text[: random.randrange(len(text) + 1)]


def _sheets_changed(text: str, given: str, random: Random) -> str:
    sheets = text.split(SHEET)
    place = _at(sheets, random)
    match random.randrange(5):
        case 0 | 1:
            sheets = random.sample(sheets, random.randrange(1, min(3, len(sheets)) + 1))
        case 2:
            sheets.insert(_at(sheets, random), sheets[place])
        case 3:
            sheets[place] = _rows_changed(sheets[place], given, random)
        case 4:
            sheets[place] = random.choice(given.split(SHEET))
    return SHEET.join(sheets)


def _token_changed(text: str, given: str, random: Random) -> str:
    tokens = list(_JSON_TOKEN.finditer(text))
    if not tokens:
        return text
    token = random.choice(tokens)
    others = _JSON_TOKEN.findall(given) or ["null"]
    own = random.choice(tokens).group()
    written = '"' + random.choice(oddities.CELLS).replace("\\", "").replace('"', '\\"') + '"'
    new = random.choice((random.choice(_JSON_ODD), own, written, random.choice(others), ""))
    return text[: token.start()] + new + text[token.end() :]


def _entry_changed(text: str, given: str, random: Random) -> str:
    entries = list(_JSON_ENTRY.finditer(text))
    if not entries:
        return text
    entry = random.choice(entries)
    others = _JSON_ENTRY.findall(given) or ["{}"]
    old = entry.group()
    new = random.choice(("", f"{old}, {old}", random.choice(entries).group(), others[0], "[]"))
    return text[: entry.start()] + new + text[entry.end() :]


_OF_TABLES: tuple[Change, ...] = (
    _cell_changed, _cell_changed, _cell_changed, _number_changed, _number_changed, _rows_changed,
    _rows_changed, _columns_changed, _header_changed, _quotes_changed, _layout_changed,
    _sheets_changed,
)  # fmt: skip
_OF_JSON: tuple[Change, ...] = (
    _token_changed, _token_changed, _number_changed, _entry_changed, _layout_changed,
)  # fmt: skip
