"""Commands that tell of files and of the warehouse, as a user meets them."""

import json
import sys
from pathlib import Path

import pytest

from tests.flows.cli.calling import call

PROGRAM = Path(sys.executable).with_name("creator-metrics")


def test_inspect_says_what_a_file_is_and_writes_nothing(settings):
    folder = Path(settings.inbox) / "instagram" / "anna.bager"
    result = call(settings, "inspect", *map(str, sorted(folder.iterdir())), "--json")

    rows = {Path(row["file"]).name: row for row in json.loads(result.stdout)}
    good = rows["Mar-01-2026_Mar-30-2026_1000000000000001.csv"]
    assert good["export"] == "instagram_content"
    assert good["platform"] == "instagram"
    assert good["language"] == "en"
    assert (good["rows_in"], good["loaded"], good["quarantined"], good["not_data"]) == (9, 8, 1, 0)
    bad = rows["invoice.csv"]
    assert bad["export"] is None
    assert bad["reason"]
    assert not settings.home.exists()


def test_sql_answers_as_json_and_csv(first_night):
    query = "select platform, tier from mart.tier_latest"
    assert json.loads(call(first_night, "sql", query, "--json").stdout) == [
        {"platform": "instagram", "tier": "macro"}
    ]
    assert call(first_night, "sql", query, "--csv").stdout == "platform,tier\ninstagram,macro\n"
    formula = "select '=1+1' as cell, ['=a'] as list"
    assert call(first_night, "sql", formula, "--csv").stdout == 'cell,list\n\'=1+1,"[""=a""]"\n'
    assert call(first_night, "sql", formula, "--csv", "--raw").stdout.startswith("cell,list\n=1+1,")
    assert call(first_night, "sql", formula, "--raw").exit_code == 2


@pytest.mark.parametrize("query", ["selec 1", "drop table mart.tier", "select 1; select 2"])
def test_sql_that_is_wrong_or_writes_is_wrong_usage(first_night, query):
    result = call(first_night, "sql", query)
    assert result.exit_code == 2
    assert "creator-metrics:" in result.stderr


def test_files_quarantine_and_status_list_what_happened(first_night):
    files = json.loads(call(first_night, "files", "--json").stdout)
    assert {row["status"] for row in files} == {"loaded", "unrecognised"}
    only = json.loads(call(first_night, "files", "--status", "unrecognised", "--json").stdout)
    assert [row["status"] for row in only] == ["unrecognised"]
    assert json.loads(call(first_night, "quarantine", "--json").stdout)[0]["row_number"] == 10
    (account,) = json.loads(call(first_night, "status", "--json").stdout)
    assert account["account"] == "anna.bager"
    assert account["posts"] == 8
    assert any(": Meta Business Suite > " in one for one in account["ask_for"])
    shown = call(first_night, "status").stdout.splitlines()
    assert any("anna.bager" in line for line in shown)
    assert max(map(len, shown)) < 130


def test_reading_from_a_warehouse_that_is_not_there_says_what_to_run(settings):
    result = call(settings, "files")
    assert result.exit_code == 1
    assert "creator-metrics nightly" in result.stderr


def test_inspect_of_one_file_tells_what_becomes_of_every_header(settings):
    (file,) = Path(settings.inbox).rglob("Mar-01*.csv")
    shown = call(settings, "inspect", str(file)).stdout
    assert "loaded as post_lifetime.views" in shown
    rows = json.loads(call(settings, "inspect", str(file), "--columns", "--json").stdout)
    views = next(row for row in rows if row["header"] == "Views")
    assert (views["becomes"], views["unit"]) == (["post_lifetime.views"], "view")
    assert "loaded as" not in call(settings, "inspect", str(file), "--no-columns").stdout


def test_map_drafts_a_mapping_to_standard_output_or_a_file_that_is_not_there(settings, tmp_path):
    file, out = tmp_path / "list.csv", tmp_path / "ours.toml"
    file.write_text("Profile,Followers\n@anna.b,1.5K\n")
    assert 'account_ref = "Profile"' in call(settings, "map", str(file)).stdout
    assert call(settings, "map", str(file), "--kind", "listing", "--out", str(out)).exit_code == 0
    assert 'as = "suffixed"' in out.read_text()
    assert call(settings, "map", str(file), "--out", str(out)).exit_code == 2
    wrong = call(settings, "map", str(file), "--kind", "listings")
    assert (wrong.exit_code, "did you mean listing?" in wrong.stderr) == (1, True)
