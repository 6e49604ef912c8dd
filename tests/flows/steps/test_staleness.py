"""Which partitions are stale, by the references that they were built with."""

from pathlib import Path

from flows.marts import MARTS
from flows.references.kinds import EDITED, KEPT
from flows.runs.night import run_night
from flows.steps.staleness import stale_days
from warehouse.home import Home
from warehouse.marts import partitions

EDITS = {
    "tiers": '[ours]\ntiers = ["small", "large"]\nfollowers_up_to = [50000]\nsource = "ours"\n'
    "read_on = 2026-01-31\n",
    "metric_definitions": '[[definition]]\nplatform = "youtube"\ncontent_format = "short"\n'
    'metric = "views"\ndefinition_id = "ours"\nvalid_from = 2026-01-31\n'
    'comparable_with_previous = false\nsource = "ours"\n',
}


def test_what_was_built_with_every_kind_of_reference_is_not_stale_at_once(settings):
    home = Home(settings.home).create()
    home.edited_reference.mkdir()
    for kind, name in EDITED.items():
        (home.edited_reference / name).write_text(EDITS[kind])
    briefs = Path(settings.inbox) / "briefs"
    briefs.mkdir()
    (briefs / "oat.toml").write_text('brand = "Oat"\n[audience]\ngenders = ["female"]\n')

    report = run_night(settings)

    assert report.collected.reference_problems == ()
    built = {
        one.build.table: set(one.build.reference_versions) for one in partitions.partitions(home)
    }
    every = {*KEPT}
    assert built == {
        table: every | {"briefs/oat"} if mart.reads_briefs else every
        for table, mart in MARTS.items()
    }
    assert stale_days(settings) == []
