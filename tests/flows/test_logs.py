"""What a run says while it works."""

import json
import logging
import re

import pytest

from flows.logs import lines_of, tell
from flows.runs.night import run_night
from tests.flows.conftest import DAY
from tests.flows.published import ask

LOG = logging.getLogger("flows.test")


def test_a_line_says_what_happened_and_its_fields(caplog):
    with lines_of("night of 2026-03-31"):
        tell(LOG, "delivery read", delivery_id="d-1", files=3, export=None, seconds=0.5)
    assert caplog.messages == [
        'delivery read run="night of 2026-03-31" delivery_id=d-1 files=3 seconds=0.5'
    ]


def test_a_json_formatter_finds_the_fields_apart(caplog):
    from prefect.logging.formatters import JsonFormatter

    tell(LOG, "mart built", table="mart.tier", rows=7)
    (record,) = caplog.records
    said = json.loads(JsonFormatter("default", None, "%").format(record))
    assert (said["what"], said["table"], said["rows"]) == ("mart built", "mart.tier", 7)


def test_a_value_cannot_begin_another_line_or_field(caplog):
    tell(LOG, "file loaded", export='x" rows=9\nERROR forged')
    assert caplog.messages == ['file loaded export="x\\" rows=9\\nERROR forged"']


def test_a_night_tells_of_each_delivery_batch_mart_and_publication(settings, caplog):
    run_night(settings, DAY, run="night of the test")
    said = "\n".join(caplog.messages)
    (delivery,) = [one for one in caplog.records if getattr(one, "what", "") == "delivery read"]
    assert (delivery.files, delivery.loaded, delivery.quarantined) == (2, 8, 1)
    for what in ("inbox collected", "batch read", "file unrecognised", "publication rebuilt"):
        assert len(re.findall(rf'^{what} run="night of the test"', said, re.MULTILINE)) == 1
    assert f'mart built run="night of the test" table=mart.tier as_of={DAY} rows=1' in said


@pytest.mark.parametrize(
    "personal",
    [
        "select account_handle as said from core.account",
        "select display_name as said from core.account",
        "select caption as said from core.post",
        "select parse_filename(path) as said from ops.file",
        "select parse_filename(member) as said from ops.file",
        "select handle as said from ops.file",
        'select "value" as said from ops.quarantine',
    ],
)
def test_no_line_of_the_sample_s_night_names_a_person_a_file_or_what_they_wrote(
    sample_night, personal
):
    lines = (sample_night.home.parent / "night.log").read_text(encoding="utf-8")
    told = {str(row["said"]) for row in ask(sample_night, personal) if row["said"]}
    assert lines.count("delivery read") > 100
    assert [one for one in told if len(one) > 3 and one in lines] == []
