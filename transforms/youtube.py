"""What all reports of YouTube Studio share."""

CAP = 500
"""Records at which Studio cuts every list."""

DIMENSIONS = frozenset(
    {
        "viewer_age",
        "viewer_gender",
        "geography",
        "cities",
        "city_name",
        "subscription_status",
        "other_dimension",
    }
)
"""Canonical columns that a report can be cut by, the video and the day aside."""
