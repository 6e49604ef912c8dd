"""What the tests of a run share: a small inbox, a home, and one Prefect server of their own."""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from flows.runs.night import run_night
from flows.settings import Settings
from tests.sample import inbox as sample
from tests.sample.truth import AS_OF

os.environ |= {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "PREFECT_API_URL": ""}

DAY = date(2026, 3, 31)
SEED = 7
"""Of the sample."""

EXTRA = "Mar-10-2026_Mar-30-2026_1000000000000009.csv"
"""Name of an export that some tests put beside the two deliveries."""


def content_export(rows: list[tuple[str, str, str]]) -> str:
    """Write a made-up Instagram content export: (post id, publish time, views) a row."""
    header = (
        "Post ID,Account ID,Account username,Account name,Description,Duration (sec),"
        "Publish time,Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,"
        "Follows,Comments,Saves"
    )
    lines = [
        f"{post},17841400000000001,anna.bager,Anna Bager,Rugbrød,0,{at},"
        f"https://www.instagram.com/p/{post}/,IG image,,Lifetime,{views},900,90,3,1,5,7"
        for post, at, views in rows
    ]
    return "\ufeff" + "\n".join([header, *lines]) + "\n"


def put_extra(settings: Settings, name: str = EXTRA) -> Path:
    """Lay down an export with a post of its own, an outlier in a known one, and a bad row."""
    path = Path(settings.inbox) / "instagram" / "anna.bager" / name
    path.write_text(
        content_export(
            [
                ("18000000000000077", "03/10/2026 10:23", "99000"),
                ("18000000000000001", "03/01/2026 10:23", "88000"),
                ("18000000000000078", "x", "abc"),
            ]
        )
    )
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Give a home of its own and an inbox with two deliveries, one row of them bad."""
    return _two_deliveries(tmp_path)


@pytest.fixture(scope="session")
def first_night(tmp_path_factory) -> Settings:
    """Give a home after one night on two deliveries, for all tests that only read it."""
    settings = _two_deliveries(tmp_path_factory.mktemp("first"))
    run_night(settings, DAY)
    return settings


@pytest.fixture
def night(first_night, tmp_path) -> Iterator[Settings]:
    """Give home and inbox after the first night to a test that goes on with them."""
    with _laid_down_again(first_night, tmp_path):
        yield first_night


@pytest.fixture(scope="session")
def _first_extra_night(tmp_path_factory) -> Settings:
    settings = _two_deliveries(tmp_path_factory.mktemp("extra"))
    put_extra(settings)
    run_night(settings, DAY)
    return settings


@pytest.fixture
def extra_night(_first_extra_night, tmp_path) -> Iterator[Settings]:
    """Give home and inbox after a first night that found the extra export as well."""
    with _laid_down_again(_first_extra_night, tmp_path):
        yield _first_extra_night


@contextmanager
def _laid_down_again(settings: Settings, kept: Path) -> Iterator[None]:
    """Keep home and inbox aside, and put them back where they lay: their path tells deliveries."""
    folder = settings.home.parent
    shutil.copytree(folder, kept / "first")
    try:
        yield
    finally:
        shutil.rmtree(folder)
        shutil.move(kept / "first", folder)


def _two_deliveries(folder: Path) -> Settings:
    inbox = folder / "inbox"
    creator = inbox / "instagram" / "anna.bager"
    creator.mkdir(parents=True)
    first = [(f"1800000000000000{n}", f"03/{n:02d}/2026 10:23", str(1000 + n)) for n in range(1, 9)]
    name = "Mar-01-2026_Mar-30-2026_1000000000000001.csv"
    (creator / name).write_text(content_export([*first, ("18000000000000099", "x", "abc")]))
    (creator / "invoice.csv").write_text("No,Amount\n1,20\n")
    (inbox / "roster.csv").write_text(
        "platform,handle,creator_id,display_name,followers,followers_observed_on\n"
        "instagram,anna.bager,anna,Anna Bager,21500,2026-03-15\n"
    )
    return Settings(home=folder / "home", inbox=str(inbox), settle_seconds=0)


@pytest.fixture(scope="session")
def sample_night(tmp_path_factory) -> Settings:
    """Give a home after one night on the sample, for all tests that only read it.

    What the night logged lies beside the home, in `night.log`.
    """
    folder = tmp_path_factory.mktemp("sample")
    sample.write(folder / "inbox", SEED)
    settings = Settings(home=folder / "home", inbox=str(folder / "inbox"), settle_seconds=0)
    log = logging.FileHandler(folder / "night.log", encoding="utf-8")
    logging.getLogger().addHandler(log)
    run_night(settings, AS_OF)
    logging.getLogger().removeHandler(log)
    return settings


@pytest.fixture(scope="session")
def prefect() -> Iterator[None]:
    """Start one Prefect server for all tests that need it, and stop it."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield
