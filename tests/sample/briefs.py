"""The briefs of the sample: what two brands ask for, and a third that cannot be used."""

OATS, TEA, BROKEN = "oat-milk-dk-2025", "tea-gb-2025", "broken-dk-2025"

PROBLEMS = ("Danmark", "currency")
"""Words that the night's report must say of the broken brief."""

_OATS = """\
id = "oat-milk-dk-2025"
brand = "Havre & Co"
valid_from = 2025-05-01
platforms = ["instagram", "tiktok"]
tiers = ["micro", "macro"]
budget = 40000
currency = "DKK"
deliverables = { reel = 1, story = 2 }

[audience]
countries = { DK = 0.9, SE = 0.1 }
cities = ["DK:København", "DK:Aarhus"]
ages = ["18-24", "25-34"]
genders = { female = 0.8, male = 0.2 }
languages = ["da"]

[content]
topics = ["plantebaseret", "kaffe", "hverdagsmad"]
hashtags = ["#havremælk", "#vegansk"]
values = ["bæredygtighed"]
avoid = ["alkohol", "betting"]
competitors = ["@oatly"]

[limits]
min_engagement_rate = 0.005
max_risk = 0.5
"""

_TEA = """\
id = "tea-gb-2025"
brand = "Slow Kettle"
valid_from = 2025-04-01
platforms = ["youtube"]

[audience]
countries = { GB = 0.6, US = 0.4 }
genders = ["female", "male"]

[content]
topics = ["slow morning", "kitchen", "bread"]

[weights]
audience_match = 5
targeted_reach = 4
target_share = 3
engagement = 0
"""

_BROKEN = """\
id = "broken-dk-2025"
brand = "Uden Valuta"
budget = 10000

[audience]
countries = { Danmark = 1.0 }
"""


def write() -> dict[str, bytes]:
    """Write each brief, by its path in the inbox."""
    texts = {OATS: _OATS, TEA: _TEA, BROKEN: _BROKEN}
    return {f"briefs/{brief}.toml": text.encode() for brief, text in texts.items()}
