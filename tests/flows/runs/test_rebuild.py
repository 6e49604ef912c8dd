"""The warehouse file anew from the store."""

import shutil

from flows.runs.night import run_night
from flows.runs.rebuild import run_rebuild
from tests.flows.conftest import DAY
from tests.flows.published import tables
from warehouse.home import Home


def test_a_home_restored_from_its_store_serves_the_same_tables(settings, tmp_path):
    run_night(settings, DAY)
    restored = settings.model_copy(update={"home": tmp_path / "restored"})
    shutil.copytree(Home(settings.home).path / "store", restored.home / "store")

    published = run_rebuild(restored)

    assert published.how.startswith("rebuilt")
    layers = "'core', 'history', 'mart', 'ref'"
    assert tables(restored, layers) == tables(settings, layers)


def test_a_rebuild_of_what_is_whole_changes_nothing_that_is_served(settings):
    run_night(settings, DAY)
    before = tables(settings, "'core', 'mart', 'ops'")
    assert run_rebuild(settings).how.startswith("rebuilt")
    assert tables(settings, "'core', 'mart', 'ops'") == before
