"""A night on the whole sample inbox: the truth, no-ops, and the order of arrival."""

import shutil
from pathlib import Path

from flows.runs.night import run_night
from flows.settings import Settings
from tests.flows.conftest import SEED
from tests.flows.published import ask, tables
from tests.sample.account import FIRST_DAY
from tests.sample.check import check
from tests.sample.inbox import simulations
from tests.sample.truth import AS_OF
from tests.sample.youtube import video_id
from warehouse.home import Home


def test_the_tables_say_what_is_true_of_the_creators(sample_night):
    assert check(Home(sample_night.home).warehouse, SEED) == []


def test_the_days_of_a_charted_video_are_those_of_the_simulation(sample_night):
    told = ask(
        sample_night,
        "select account_handle as handle, post_id, day, views from core.post_day "
        "join core.post using (platform, post_id) join core.account using (platform, account_id) "
        "where platform = 'youtube'",
    )
    views = {
        (truth.account.handle, video_id(int(number))): truth.daily.views[:, place]
        for truth in simulations(SEED).values()
        if truth.account.platform == "youtube"
        for place, number in enumerate(truth.post_numbers)
    }

    assert len(told) > 1_000
    wrong = [
        row
        for row in told
        if row["views"] != views[row["handle"], row["post_id"]][(row["day"] - FIRST_DAY).days]
    ]
    assert wrong == []


def test_sources_have_one_name_in_every_language_and_are_those_of_the_channels_views(sample_night):
    told = ask(
        sample_night,
        "select segment, segment_name, b.views, sum(d.views) as whole "
        "from core.account_breakdown b join core.account_day d using (platform, account_id) "
        "where dimension = 'traffic_source' and day between period_start and period_end "
        "group by all",
    )
    assert len({row["segment"] for row in told}) < len({row["segment_name"] for row in told})
    shares = {row["segment"]: row["views"] / row["whole"] for row in told}
    assert all(0 < share < 1 for share in shares.values())
    assert {row["segment"] for row in told} >= {"youtube_search", "external"}


def test_a_charted_segment_has_its_share_of_each_day(sample_night):
    told = ask(
        sample_night,
        "select b.views, b.day, d.views as whole, p.views / sum(e.views) as share "
        "from core.account_breakdown_day b "
        "join core.account_breakdown p using (platform, account_id, dimension, segment) "
        "join core.account_day d on (d.platform, d.account_id, d.day) "
        "  = (b.platform, b.account_id, b.day) "
        "join core.account_day e on (e.platform, e.account_id) = (b.platform, b.account_id) "
        "  and e.day between p.period_start and p.period_end "
        "where b.day between p.period_start and p.period_end "
        "group by b.platform, b.account_id, b.segment, b.day, b.views, d.views, p.views, "
        "  p.period_start",
    )
    assert len(told) > 100
    assert [row for row in told if abs(row["views"] - row["whole"] * row["share"]) > 1] == []


def test_a_second_night_changes_not_a_byte(sample_night):
    before = Home(sample_night.home).warehouse.read_bytes()
    report = run_night(sample_night, AS_OF)
    assert report.is_unchanged
    assert report.published.changed == ()
    assert Home(sample_night.home).warehouse.read_bytes() == before


def test_creators_arriving_in_another_order_over_three_nights_give_the_same_tables(
    sample_night, tmp_path
):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    source = Path(sample_night.inbox)
    parcels = sorted(
        (path for path in source.rglob("*") if path.is_file() and path.parent != source),
        key=lambda path: (hash_of(path.parent), path.name),
        reverse=True,
    )
    settings = Settings(home=tmp_path / "home", inbox=str(inbox), settle_seconds=0)
    folders = list(dict.fromkeys(path.parent for path in parcels))
    for third in range(3):
        for folder in folders[third::3]:
            target = inbox / folder.relative_to(source)
            target.mkdir(parents=True, exist_ok=True)
            for path in folder.iterdir():
                if path.is_file():
                    shutil.copy2(path, target)
        if third == 1:
            shutil.copy2(source / "roster.csv", inbox)
        run_night(settings, AS_OF)

    assert tables(settings, "'core', 'mart'") == tables(sample_night, "'core', 'mart'")


def hash_of(path: Path) -> int:
    return sum(ord(letter) * place for place, letter in enumerate(path.as_posix()[-24:], start=1))
