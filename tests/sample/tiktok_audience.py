"""What TikTok Studio tells of an audience: genders, territories, hours and viewers."""

from datetime import date, timedelta

import numpy as np

from tests.sample.account import FIRST_DAY
from tests.sample.simulation import Truth
from tests.sample.tiktok import label, table

TOP = 10
DAYS_OF_HOURS, EXPORT_HOUR = 7, 9
GENDERS = {"female": "Female", "male": "Male", "other": "Other"}
_ACTIVITY = ["Date", "Hour", "Active followers"]
_GENDER = ["Gender", "Distribution"]
_TERRITORIES = ["Top territories", "Distribution"]
_VIEWERS = ["Date", "Total Viewers", "New Viewers", "Returning Viewers"]


def genders(truth: Truth) -> dict[str, float]:
    """Give the shares as TikTok rounds them: two decimals."""
    return {gender: round(share, 2) for gender, share in truth.account.audience.genders.items()}


def territories(truth: Truth) -> dict[str, float]:
    """Give the ten greatest territories with three decimals, and what is left as `others`."""
    ordered = sorted(truth.account.audience.countries.items(), key=lambda one: (-one[1], one[0]))
    top = {country: round(share, 3) for country, share in ordered[:TOP]}
    return top | {"others": round(1 - sum(top.values()), 3)}


def followers(truth: Truth, export_day: date) -> dict[str, bytes]:
    """Write the rest of the Followers zip; nothing but headers for an account too small."""
    tables = {
        "FollowerActivity.csv": [_ACTIVITY, *_hours(truth, export_day)],
        "FollowerGender.csv": [
            _GENDER,
            *([GENDERS[gender], _share(share)] for gender, share in genders(truth).items()),
        ],
        "FollowerTopTerritories.csv": [
            _TERRITORIES,
            *(
                [name.capitalize() if name == "others" else name, _share(share)]
                for name, share in territories(truth).items()
            ),
        ],
    }
    is_too_small = truth.account.audience_export == "header_only"
    return {name: table(rows[:1] if is_too_small else rows) for name, rows in tables.items()}


def viewers(truth: Truth, start: date, export_day: date) -> bytes:
    """Write the viewers of each day; that of the export has none yet, and zeros for its parts."""
    views = truth.daily.views.sum(axis=1)
    rows = [_VIEWERS]
    for day in range((start - FIRST_DAY).days, (export_day - FIRST_DAY).days):
        total = int(views[day]) * 7 // 10
        new = total * 6 // 10
        told = (str(total), str(new), str(total - new))
        rows.append([label(FIRST_DAY + timedelta(days=day), truth.account.language), *told])
    rows.append([label(export_day, truth.account.language), "undefined", "0", "0"])
    return table(rows)


def _hours(truth: Truth, export_day: date) -> list[list[str]]:
    """Write how many followers were active in each hour; hours to come have none."""
    level = int(truth.levels[min((export_day - FIRST_DAY).days, truth.levels.size) - 1])
    by_hour = np.floor(level * (0.25 + 0.2 * np.sin((np.arange(24) - 9) / 24 * 2 * np.pi)))
    rows = []
    for back in range(DAYS_OF_HOURS - 1, -1, -1):
        day = label(export_day - timedelta(days=back), truth.account.language)
        rows += [
            [day, str(hour), str(int(active) if back or hour < EXPORT_HOUR else 0)]
            for hour, active in enumerate(by_hour)
        ]
    return rows


def _share(share: float) -> str:
    return f"{share:.3f}".rstrip("0").rstrip(".")
