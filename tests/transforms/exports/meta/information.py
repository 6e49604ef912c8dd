"""Made-up insights as Instagram's "Download your information" writes them."""

import json

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
