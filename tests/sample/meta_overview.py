"""Meta Business Suite's daily files: Reach, Views, Follows, Visits, Interactions, Link clicks."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tests.sample.account import FIRST_DAY
from tests.sample.meta_audience import Block, stacked
from tests.sample.simulation import Truth

SUMMER_TIME = date(2025, 3, 9)
"""Facebook's times of day stand at one before it, at midnight from it on."""

METRICS = ("reach", "views", "follows", "visits", "interactions", "link_clicks")
FILE_NAMES = {
    "en": ("Reach", "Views", "Follows", "Visits", "Interactions", "Link clicks"),
    "pt": (
        "Alcance", "Visualizações", "Seguidores", "Visitas", "Interações", "Cliques no link",
    ),
}  # fmt: skip
TITLES = {
    ("instagram", "en"): (
        "Instagram reach", "Views", "Instagram follows", "Instagram profile visits",
        "Content interactions", "Instagram link clicks",
    ),
    ("instagram", "pt"): (
        "Alcance do Instagram", "Visualizações", "Seguidores no Instagram",
        "Visitas ao perfil do Instagram", "Interações com o conteúdo",
        "Cliques no link do Instagram",
    ),
    ("facebook", "en"): (
        "Facebook reach", "Views", "Facebook follows", "Facebook visits",
        "Content interactions", "Facebook link clicks",
    ),
}  # fmt: skip
_HEADERS = {"en": ["Date", "Primary"], "pt": ["Data", "Primary"]}


@dataclass(frozen=True)
class Span:
    """Days that an export covers, both ends inclusive."""

    start: date
    end: date

    @property
    def days(self) -> range:
        """Give the days as numbers from 2025-01-01."""
        return range((self.start - FIRST_DAY).days, (self.end - FIRST_DAY).days + 1)


def account_days(truth: Truth) -> dict[str, np.ndarray]:
    """Give what the account earned on each day; follows are gross."""
    earned = truth.daily
    views, reach = earned.views.sum(axis=1), earned.reach.sum(axis=1)
    parts = (earned.likes, earned.comments, earned.shares, earned.saves)
    return {
        "reach": reach,
        "views": views,
        "follows": np.maximum(truth.net_follows, 0),
        "visits": views // 60,
        "interactions": sum(part.sum(axis=1) for part in parts),
        "link_clicks": views // 400,
    }


def files(truth: Truth, span: Span) -> dict[str, bytes]:
    """Write one file per metric."""
    names = FILE_NAMES[truth.account.language]
    return {
        f"{name}.csv": stacked([block(truth, metric, span)])
        for name, metric in zip(names, METRICS, strict=True)
    }


def block(truth: Truth, metric: str, span: Span) -> Block:
    """Write a metric's title, header and days; Instagram leaves days without a follow out."""
    account = truth.account
    title = TITLES[account.platform, account.language][METRICS.index(metric)]
    values = account_days(truth)[metric]
    drops_zeros = account.platform == "instagram" and metric == "follows"
    return [
        [title],
        _HEADERS[account.language],
        *(
            [_stamp(account.platform, FIRST_DAY + timedelta(days=day)), str(values[day])]
            for day in span.days
            if values[day] or not drops_zeros
        ),
    ]


def _stamp(platform: str, day: date) -> str:
    hour = 1 if platform == "facebook" and day < SUMMER_TIME else 0
    return f"{day}T{hour:02}:00:00"
