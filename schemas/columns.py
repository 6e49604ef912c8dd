"""The shared vocabulary: one column name, one meaning, one unit, everywhere.

A contract composes these; it never describes a column itself. Units are in the
metadata and, where the quantity is not a plain count, in the name as well.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandera.polars as pa

PLATFORMS = ("facebook", "instagram", "linkedin", "tiktok", "x", "youtube")
FORMATS = ("carousel", "image", "link", "live", "reel", "short", "story", "text", "video", "other")
CATALOGUES = ("complete", "capped", "top")
OBSERVED_ON_SOURCES = (
    "arrival",
    "mtime",
    "period_end",
    "sibling",
    "zip_entry",
    "name",
    "file",
)
"""From the weakest to the strongest evidence; the position is the evidence rank."""


def _column(description: str, *, unit: str | None = None, **checks: Any) -> Callable[..., Any]:
    return partial(pa.Field, description=description, metadata={"unit": unit}, **checks)


def described(description: str, *, unit: str | None = None, **checks: Any) -> Any:
    """Declare a column that only one table has."""
    return _column(description, unit=unit, **checks)()


def _count(description: str, unit: str) -> Callable[..., Any]:
    """Declare a counter: never negative, null where the platform did not report it."""
    return _column(description, unit=unit, ge=0, nullable=True)


def _amount(description: str, unit: str, **checks: Any) -> Callable[..., Any]:
    return _column(description, unit=unit, nullable=True, **checks)


# identity
platform = _column("Network the figure comes from.", isin=PLATFORMS)
account_ref = _column(
    "Account as the file names it: the platform's id, else the handle in lower case without @.",
    str_length={"min_value": 1},
)
account_id = _column("Account after aliases: one value per account and platform.")
account_handle = _column("Handle the file or the roster gives the account.", nullable=True)
account_name = _column("Display name the file gives the account.", nullable=True)
creator_id = _column("Person or brand behind one or more accounts; without a roster, the account.")
exported_by = _column(
    "Account whose export listed the post; differs from the owner on collaborations.",
    nullable=True,
)
post_id = _column(
    "Identifier the platform issued; unique within the platform. Where a file has none, account "
    "and second of upload: `handle@1775044800`, of a story `handle@story/1775044800`.",
    str_length={"min_value": 1},
)

# clocks
day = _column("Calendar day the figures belong to, as the platform cuts days.", unit="day")
period_start = _column("First day the figures cover.", unit="day", nullable=True)
period_end = _column("Last day the figures cover, inclusive.", unit="day", nullable=True)
observed_on = _column("Day the platform said it.", unit="day")
observed_on_source = _column("What told the day of observation.", isin=OBSERVED_ON_SOURCES)
observed_on_is_exact = _column("Whether the day of observation is exact or an estimate.")
loaded_at = _column("When the row reached us, UTC.", unit="UTC")
as_of = _column("Day the row describes; the last whole day a night knew.", unit="day")

# provenance
load_id = _column("Load that brought the row; a folder of store/loads.")
file_id = _column("File, member and sheet the row was read from; key of ops.file.")
sha256 = _column("SHA-256 of the file's bytes; its place in store/archive.")
row_number = _column("Record within the file; the header is record 1.", unit="record", ge=1)
evidence_rank = _column(
    "Strength of the evidence for observed_on: 0 arrival to 6 a day in the file.", ge=0, le=6
)

# posts
published_at = _column("Moment of publication, UTC.", unit="UTC", nullable=True)
published_at_source = _column(
    "What told the publication: the post's id, a date-time or only a day in the file.",
    isin=("post_id", "file_datetime", "file_day"),
    nullable=True,
)
format = _column("Kind of post.", isin=FORMATS, nullable=True)
caption = _column("Title or caption as the file gives it.", nullable=True)
url = _column("Permanent link.", nullable=True)
duration_s = _amount("Length of the video.", "s", ge=0)
is_paid_partnership = _column("Whether the platform marks the post as paid.", nullable=True)
catalogue = _column(
    "Whether the export lists every post of its span, a capped list, or only the best ones.",
    isin=CATALOGUES,
)

# counters; the table says over what: lifetime, a period, a day
views = _count("Plays or views, as the platform defines them (ref.metric_definition).", "view")
engaged_views = _count("YouTube: plays watched past the first seconds.", "view")
impressions = _count("Times shown, as the platform defines it.", "impression")
reach = _count("People or accounts reached, as the platform estimates them.", "person")
unique_viewers = _count("Estimated number of people who watched.", "person")
likes = _count("Likes.", "like")
dislikes = _count("Dislikes.", "dislike")
reactions = _count("Facebook reactions of all kinds, likes included.", "reaction")
comments = _count("Comments and replies.", "comment")
shares = _count(
    "Shares, reposts and sends, as the platform counts them; without reposts where it counts them "
    "apart.",
    "share",
)
reposts = _count("Reposts, where the platform counts them apart from shares.", "repost")
saves = _count("Saves, bookmarks and favourites.", "save")
reactions_comments_shares = _count(
    "The sum of reactions, comments and shares that Facebook or LinkedIn gives; never added to its "
    "parts.",
    "interaction",
)
follows = _count("Follows the post brought, gross.", "follow")
clicks = _count("Clicks of all kinds.", "click")
link_clicks = _count("Clicks on the link.", "click")
profile_views = _count("Views of the profile.", "view")
watch_time_s = _amount("Time spent watching, all viewers together.", "s", ge=0)
average_view_duration_s = _amount("Mean time watched per view.", "s", ge=0)
average_viewed_share = _amount(
    "Mean share of the video watched; above 1 where viewers replay.", "1", ge=0
)
impressions_ctr_share = _amount("Share of impressions that led to a view.", "1", ge=0)
net_follows = _amount("Followers gained less lost; can carry a level. Can be negative.", "follow")
gross_follows = _count("New followers, without those lost; cannot carry a level.", "follow")
lost_follows = _count("Followers lost.", "follow")
likes_net = _amount("Likes given less taken back on the day; can be negative.", "like")
comments_net = _amount("Comments written less removed on the day; can be negative.", "comment")
shares_net = _amount("Shares as the platform nets them on the day; can be negative.", "share")
likes_of_period = _amount("Likes given less taken back within the period; can be negative.", "like")
dislikes_of_period = _amount(
    "Dislikes given less taken back within the period; can be negative.", "dislike"
)
comments_of_period = _amount(
    "Comments written less removed within the period; can be negative.", "comment"
)
likes_of_day = _amount(
    "Likes given on the day, less those taken back where the platform nets them; can then be "
    "negative.",
    "like",
)
dislikes_of_day = _amount("Dislikes given less taken back on the day; can be negative.", "dislike")
comments_of_day = _amount(
    "Comments written on the day, less those removed where the platform nets them; can then be "
    "negative.",
    "comment",
)
shares_of_day = _amount(
    "Shares on the day as the platform counts or nets them; can be negative.", "share"
)
shares_of_period = _amount(
    "Shares as the platform nets them within the period; can be negative.", "share"
)
estimated_revenue = _amount("Estimated revenue in `currency`; can be corrected below 0.", "money")
currency = _column("ISO 4217 code of the money columns of the row.", nullable=True)
followers = _count("Followers, subscribers or fans: a level.", "follower")

# audiences
BASES = ("followers", "viewers", "views")
WORK_DIMENSIONS = (
    "company",
    "company_size",
    "industry",
    "job_function",
    "job_title",
    "seniority",
)
"""What LinkedIn parts an audience by, besides its location; segments are LinkedIn's own words."""

DIMENSIONS = (
    "age",
    "age_gender",
    "city",
    "country",
    "gender",
    "location",
    "subscription",
    *WORK_DIMENSIONS,
)
"""`location` is a region of LinkedIn's own, mostly a city with its surroundings: no city."""
audience_basis = _column(
    "Whom the shares are of: followers (TikTok, Meta), viewers, or views (YouTube).", isin=BASES
)
dimension = _column("What the audience is parted by.", isin=DIMENSIONS)
segment = _column(
    "Part of the audience: `25-34`, `female`, `25-34:female`, an ISO country, a city; `others` is "
    "the platform's own rest, `unreported` what it leaves out.",
    str_length={"min_value": 1},
)
breakdown_dimension = _column(
    "What the figures are cut by: `traffic_source`, `device_type`, `country`.",
    str_length={"min_value": 1},
)
breakdown_segment = _column(
    "Part of the figures: a name of ours where the platform translates its own (`external`), an "
    "ISO country, an id, else the platform's word as it stands.",
    str_length={"min_value": 1},
)
segment_name = _column("The segment as the file shows it.", nullable=True)
share = _column(
    "Share of the audience; those of one distribution sum to 1 with `others` and `unreported`.",
    unit="1",
    in_range={"min_value": 0, "max_value": 1},
)
hour = _column(
    "Hour of the day, 0 to 23, in the zone the platform shows.",
    unit="hour",
    in_range={"min_value": 0, "max_value": 23},
)
active_followers = _count("Followers active within the hour.", "follower")
new_viewers = _count("Viewers who had not watched before, as the platform tells them.", "person")
returning_viewers = _count("Viewers who had watched before.", "person")
engagements_net = _amount(
    "LinkedIn's own sum of reactions, comments and reposts on the day, less those taken back; can "
    "be negative; never added to them.",
    "interaction",
)
interactions = _count(
    "Meta's own sum of likes, comments, saves, shares and replies on the day; never added to them.",
    "interaction",
)

# accounts, after the roster
display_name = _column("Name to show.", nullable=True)
category = _column("Subject the roster files the creator under.", nullable=True)
country = _column("ISO 3166-1 alpha-2 country of the creator.", nullable=True)
market = _column("Market the roster files the creator under.", nullable=True)
account_currency = _column("ISO 4217 code the creator is paid in.", nullable=True)
time_zone = _column("IANA time zone of the creator.", nullable=True)
role = _column("Owner, or collaborator on somebody else's post.", isin=("owner", "collab"))
first_observed_on = _column("First day an export said it.", unit="day")
last_observed_on = _column("Last day an export said it.", unit="day")
valid_from = _column("Day from which a reference row holds.", unit="day")

# trends
MEASURES = ("engagement_rate", "views")
SERIES = ("account_week", "post")
TREND_CLASSES = ("falling", "insufficient_evidence", "not_reported", "rising", "stable")
definition_id = _column("Definition of the metric; key of ref.metric_definition.")
measure = _column("What the trend is of: the engagement rate or views.", isin=MEASURES)
series = _column(
    "What its points are: posts at a comparable age, or ISO weeks of the account.", isin=SERIES
)
window_days = _column("Days up to as_of that the points lie in.", unit="day", ge=1)
trend_class = _column(
    "What the evidence says of the change: `stable` is an interval wholly within 10 % per 30 days; "
    "`insufficient_evidence` says neither.",
    isin=TREND_CLASSES,
)
class_reason = _column("Why the class, in words.")
p_value = _column(
    "Two-sided, of no trend (Mann-Kendall).",
    unit="1",
    in_range={"min_value": 0, "max_value": 1},
    nullable=True,
)
q_value = _column(
    "p_value after Benjamini-Hochberg over all rows of measure, series and window.",
    unit="1",
    in_range={"min_value": 0, "max_value": 1},
    nullable=True,
)
tau = _column(
    "Rising less falling pairs of points, over all pairs compared.",
    unit="1",
    in_range={"min_value": -1, "max_value": 1},
    nullable=True,
)
test_method = _column(
    "Test used; `hamed_rao` where autocorrelation widened it, `segmented` where the points are "
    "compared within segments only.",
    nullable=True,
)
n_points = _column("Points the figures rest on.", unit="point", ge=0)
n_segments = _column(
    "Parts the points fall into, never compared with each other.", unit="segment", ge=0
)
