"""Made-up insights as Instagram's "Download your information" writes them."""

import json
from typing import Any

ROOT = "instagram/anna/instagram-anna-2026-05-08-x1Y2/"


def insights(root: str, *entries: dict[str, str]) -> str:
    """Give the JSON of one root."""
    return json.dumps(
        {
            f"organic_insights_{root}": [
                {
                    "title": "",
                    "string_map_data": {
                        label: {"href": "", "value": value, "timestamp": 0}
                        for label, value in entry.items()
                    },
                }
                for entry in entries
            ]
        }
    )


def post_insights(root: str, *posts: dict[str, Any]) -> str:
    """Give the JSON of a root of posts: `at` labels the `second`, `figures` stand under theirs."""
    return json.dumps({f"organic_insights_{root}": [_post(**post) for post in posts]})


def _post(
    at: str,
    second: int | None,
    figures: dict[str, str],
    title: str = "",
    trial: str | None = None,
) -> dict[str, Any]:
    medium = {
        "uri": "media/posts/202301/1_n_17.jpg",
        "media_metadata": {"camera_metadata": {"has_camera_metadata": False}},
        "title": title,
        **({"creation_timestamp": second} if second else {}),
        **({"media_trial": {"status": trial}} if trial else {}),
    }
    told = {at: {"href": "", "value": "", "timestamp": second}} if second else {}
    said = {label: {"href": "", "value": cell, "timestamp": 0} for label, cell in figures.items()}
    return {
        "title": "",
        "media_map_data": {"Media Thumbnail": medium},
        "string_map_data": {**told, **said},
    }
