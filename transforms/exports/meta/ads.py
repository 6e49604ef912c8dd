"""Meta Ads Manager, campaigns: what was paid for and what it brought, per campaign and period.

Paid distribution of posts and pages, not what an account published: no table holds it.
"""

from transforms.export import Export
from transforms.vocabulary import read_vocabulary

NAMES = read_vocabulary(__name__)

EXPORT = Export(
    name="meta_ads",
    platform="facebook",
    title="Meta Ads Manager, campaigns",
    vocabulary=NAMES,
    tables=(),
    columns={},
    kept="paid campaigns, of Facebook and Instagram together, and not the figures of an account: "
    "known, and no table is filled from it",
    key="campaign",
    also_required=frozenset({"starts", "ends"}),
    source="Real exports of 2026 in English and Portuguese, read 2026-11-23",
    where="Meta Ads Manager > Campaigns > Reports > Export table data",
)
