"""The warehouse file anew from the store."""

import shutil

from flows.runs.rebuild import run_rebuild
from tests.flows.published import tables
from warehouse.home import Home


def test_a_home_restored_from_its_store_serves_the_same_tables(first_night, tmp_path):
    restored = first_night.model_copy(update={"home": tmp_path / "restored"})
    shutil.copytree(Home(first_night.home).path / "store", restored.home / "store")

    published = run_rebuild(restored)

    assert published.how.startswith("rebuilt")
    layers = "'core', 'history', 'mart', 'ref'"
    assert tables(restored, layers) == tables(first_night, layers)


def test_a_rebuild_of_what_is_whole_changes_nothing_that_is_served(night):
    before = tables(night, "'core', 'mart', 'ops'")
    assert run_rebuild(night).how.startswith("rebuilt")
    assert tables(night, "'core', 'mart', 'ops'") == before
