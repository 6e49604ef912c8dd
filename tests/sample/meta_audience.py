"""Meta Business Suite's `Audience.csv`: blocks in one file, in the order of the day."""

from collections.abc import Mapping, Sequence
from typing import TypeVar
from zlib import crc32

from tests.sample.place_names import COUNTRIES, city
from tests.sample.simulation import Truth

Key = TypeVar("Key")

TOP = 10
BANDS = ("18-24", "25-34", "35-44", "45-54", "55-64", "65+")
"""Meta lists no one below 18 among an account's followers."""

FILE_NAME = {"en": "Audience.csv", "pt": "Público.csv"}
_TITLES = {
    "en": ("Age & gender", "Top cities", "Top countries"),
    "pt": ("Faixa etária e gênero", "Principais cidades", "Principais países"),
}
_GENDERS = {"en": ("Women", "Men"), "pt": ("Mulheres", "Homens")}
_VERTICAL = {
    "whole": "Seguidores do Instagram",
    "metric": "IG_ACCOUNT,FOLLOW,UNIQUE_USERS",
    "age_gender": "Seguidores do Instagram por gênero e idade",
    "cities": "Seguidores do Instagram pelas principais cidades",
    "countries": "Seguidores do Instagram pelos principais países",
}

Block = list[list[str]]


def listed(shares: Mapping[Key, float]) -> dict[Key, float]:
    """Give the ten greatest shares, rounded as Meta writes them; what rounds to 0 is left out."""
    ordered = sorted(shares.items(), key=lambda one: (-one[1], one[0]))[:TOP]
    rounded = {name: round(100 * share, 1) / 100 for name, share in ordered}
    return {name: share for name, share in rounded.items() if share}


def audience(truth: Truth) -> bytes:
    """Write who follows the account, in the generation that its export form says."""
    is_vertical = truth.account.audience_export == "vertical"
    return stacked(_vertical(truth) if is_vertical else _horizontal(truth))


def stacked(blocks: Sequence[Block]) -> bytes:
    """Write blocks as Meta does: UTF-16, `sep=,`, every cell quoted, a blank line after each."""
    lines = ["sep=,"]
    for block in blocks:
        lines += [",".join(f'"{cell}"' for cell in row) for row in block]
        lines.append("")
    return b"\xff\xfe" + ("\n".join(lines) + "\n").encode("utf-16-le")


def _horizontal(truth: Truth) -> list[Block]:
    """Give the blocks with places side by side, in an order that differs by account."""
    account, language = truth.account, truth.account.language
    ages, cities, countries = _TITLES[language]
    turn = crc32(account.handle.encode())
    blocks = [
        [[ages], *_age_gender(truth, "", is_turned=turn % 2 == 1)],
        _side_by_side(cities, _cities(truth)),
        _side_by_side(countries, _countries(truth)),
    ]
    if account.audience_export == "without_cities":
        del blocks[1]
    return blocks[turn % len(blocks) :] + blocks[: turn % len(blocks)]


def _age_gender(truth: Truth, corner: str, *, is_turned: bool = False) -> Block:
    genders = list(_GENDERS[truth.account.language])
    rows = [[corner, *genders]]
    for band in BANDS:
        women, men = truth.account.audience.age_gender.get(band, (0.0, 0.0))
        rows.append([band, _percent(women), _percent(men)])
    return [[row[0], row[2], row[1]] for row in rows] if is_turned else rows


def _side_by_side(title: str, shares: Mapping[str, float]) -> Block:
    return [[title], list(shares), [_percent(share) for share in shares.values()]]


def _vertical(truth: Truth) -> list[Block]:
    """Give the blocks of 2024: one place a row, percent signs and decimal commas."""
    followers = int(truth.levels[-1])
    places = {"cities": _cities(truth), "countries": _countries(truth)}
    heads = {"cities": "Principais cidades", "countries": "Principais países"}
    return [
        [[_VERTICAL["whole"]], [_VERTICAL["metric"]], [str(followers)]],
        [
            [_VERTICAL["age_gender"]],
            *([row[0], *map(_sign, row[1:])] for row in _age_gender(truth, "Idade")),
        ],
        *(
            [
                [_VERTICAL[kind]],
                [heads[kind], "Valor"],
                *([name, _sign(_percent(share))] for name, share in shares.items()),
            ]
            for kind, shares in places.items()
        ),
    ]


def _sign(cell: str) -> str:
    return f"{cell.replace('.', ',')}%" if cell[:1].isdigit() else cell


def _cities(truth: Truth) -> dict[str, float]:
    language = truth.account.language
    return listed(
        {city(*place, language): share for place, share in truth.account.audience.cities.items()}
    )


def _countries(truth: Truth) -> dict[str, float]:
    names = COUNTRIES[truth.account.language]
    return listed({names[code]: share for code, share in truth.account.audience.countries.items()})


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".removesuffix(".0")
