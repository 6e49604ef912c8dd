"""What a real inbox holds besides good files: a copy, junk, half a zip, an invoice, bad rows."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from tests.sample import meta, tiktok
from tests.sample.files import REFUSED, UNREADABLE, UNRECOGNISED, InboxFile, Member
from tests.sample.simulation import Truth


def bad_instagram_rows(row: list[str]) -> list[list[str]]:
    """Copy a row three times, each with one thing wrong."""
    views = meta.INSTAGRAM["en"].index("Views")
    no_number, negative, no_id = (list(row) for _ in range(3))
    no_number[0], no_number[views] = "18000000000000001", "abc"
    negative[0], negative[views] = "18000000000000002", "-5"
    no_id[0] = ""
    return [no_number, negative, no_id]


def files(
    truths: Mapping[tuple[str, str], Truth], regular: Mapping[str, InboxFile]
) -> Iterator[InboxFile]:
    """Yield what a real inbox holds besides: a copy, junk, half a zip, an invoice."""
    random = np.random.default_rng(truths["instagram", "steady.signe"].seed)
    signe = next(
        path for path in regular if path.startswith("instagram/steady.signe/Jan-01-2025_Feb")
    )
    yield replace(regular[signe], path=signe.replace(".csv", " (1).csv"))
    yield InboxFile(
        path="instagram/falling.freja/Apr-01-2025_Apr-30-2025_1009876543210000.csv",
        content=random.bytes(4_096),
        exported_on=date(2025, 4, 30),
        members=(Member(statuses=UNREADABLE),),
    )
    milo = next(path for path in regular if path.endswith("/Content_mega.milo.zip"))
    yield replace(
        regular[milo],
        path="tiktok/mega.milo/Content_mega.milo (9).zip",
        content=regular[milo].content[: len(regular[milo].content) // 2],
        members=(Member(statuses=UNREADABLE),),
    )
    yield InboxFile(
        path="youtube/steady-sara/invoice.csv",
        content='Faktura,Beløb,Forfald\n2025-017,"4.500,00",2025-05-01\n'.encode(),
        exported_on=date(2025, 4, 12),
        members=(Member(statuses=UNRECOGNISED),),
    )
    yield InboxFile(
        path="from-mail/FollowerHistory.csv",
        content=tiktok.table(
            tiktok.follower_history(
                truths["tiktok", "crossing.cleo"], date(2025, 5, 1), date(2025, 5, 31)
            )
        ),
        exported_on=date(2025, 6, 1),
        members=(Member(statuses=REFUSED, quarantined=None),),
    )
    yield InboxFile(
        path="youtube/steady-sara/Conteúdo 2025-06-01_2025-07-01 Steady Sara.zip.crdownload",
        content=random.bytes(512),
        exported_on=date(2025, 7, 1),
        members=(),
    )
