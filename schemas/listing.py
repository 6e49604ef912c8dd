"""Contract of the tables that hold what lists of creators say."""

import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.columns import described
from schemas.provenance import Provenance

_A_POST = "of recent posts, as the list defines it"


class ListingFigures(pa.DataFrameModel):
    """What a list says of an account. A list defines its figures itself: they enter no rate."""

    account_handle: str = columns.account_handle()
    account_name: str = columns.account_name()
    category: str = described("Subject the list files the account under.", nullable=True)
    audience_country: str = described(
        "ISO 3166-1 alpha-2 country where most of the audience is, as the list says.", nullable=True
    )
    list_position: int = described(
        "Place in the list, 1 the first.", unit="place", ge=1, nullable=True
    )
    followers: int = columns.followers()
    is_rounded: bool = described(
        "Whether the list rounds its followers, as 48.5M; null where it gives none.", nullable=True
    )
    posts: int = described("Posts published so far.", unit="post", ge=0, nullable=True)
    views: int = described(
        "Views of everything published so far.", unit="view", ge=0, nullable=True
    )
    average_views: float = described(f"Mean views {_A_POST}.", unit="view", ge=0, nullable=True)
    average_likes: float = described(f"Mean likes {_A_POST}.", unit="like", ge=0, nullable=True)
    average_comments: float = described(
        f"Mean comments {_A_POST}.", unit="comment", ge=0, nullable=True
    )
    average_shares: float = described(f"Mean shares {_A_POST}.", unit="share", ge=0, nullable=True)
    average_interactions: float = described(
        f"Mean interactions {_A_POST}.", unit="interaction", ge=0, nullable=True
    )
    authentic_interactions: float = described(
        "Mean interactions less those that the list takes for bought or automatic.",
        unit="interaction",
        ge=0,
        nullable=True,
    )
    listed_engagement_share: float = described(
        "Engagement rate as the list defines it.", unit="1", ge=0, nullable=True
    )
    credibility_share: float = described(
        "Share of the followers that the list takes for real.",
        unit="1",
        in_range={"min_value": 0, "max_value": 1},
        nullable=True,
    )
    quality_score: float = described(
        "The list's own score of the account, 0 to 100.",
        unit="point",
        in_range={"min_value": 0, "max_value": 100},
        nullable=True,
    )


class _ListingObserved(pa.DataFrameModel):
    source: str = described("Who made the list.", str_length={"min_value": 1})
    platform: str = columns.platform()
    account_ref: str = described(
        "Account as the list names it: the platform's id, else the handle in lower case without "
        "@, else `name:` and the shown name.",
        str_length={"min_value": 1},
    )
    observed_on: pl.Date = columns.observed_on()


class Listing(Provenance, ListingFigures, _ListingObserved):
    """What one list of creators says of one account on one day."""

    class Config:
        strict = True
        metadata = {"grain": ["source", "platform", "account_ref", "observed_on"]}
