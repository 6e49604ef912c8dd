"""The command line as a user meets it: output, exit codes, how soon it starts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.night import run_night
from flows.settings import load_settings
from tests.flows.conftest import DAY
from tests.sample.briefs import OATS

PROGRAM = Path(sys.executable).with_name("creator-metrics")
runner = CliRunner()


@pytest.fixture
def done(settings):
    run_night(settings, DAY)
    return settings


def call(settings, *arguments: str):
    options = ["--home", str(settings.home), "--inbox", settings.inbox]
    return runner.invoke(app, [*arguments, *options])


def test_init_lays_down_a_home_once_and_keeps_what_was_edited(settings):
    assert call(settings, "init").exit_code == 0
    edited = settings.home / "settings.toml"
    edited.write_text('tier_preset = "us_common"\n')

    second = call(settings, "init")

    assert second.exit_code == 0
    assert edited.read_text() == 'tier_preset = "us_common"\n'
    assert (settings.home / "reference" / "tiers.toml").exists()


def test_the_inbox_named_to_init_holds_afterwards(settings):
    call(settings, "init")
    assert load_settings(settings.home).inbox == settings.inbox


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


def test_sql_answers_as_json_and_csv(done):
    query = "select platform, tier from mart.tier_latest"
    assert json.loads(call(done, "sql", query, "--json").stdout) == [
        {"platform": "instagram", "tier": "macro"}
    ]
    assert call(done, "sql", query, "--csv").stdout == "platform,tier\ninstagram,macro\n"
    formula = "select '=1+1' as cell, ['=a'] as list"
    assert call(done, "sql", formula, "--csv").stdout == 'cell,list\n\'=1+1,"[""=a""]"\n'
    assert call(done, "sql", formula, "--csv", "--raw").stdout.startswith("cell,list\n=1+1,")
    assert call(done, "sql", formula, "--raw").exit_code == 2


@pytest.mark.parametrize("query", ["selec 1", "drop table mart.tier", "select 1; select 2"])
def test_sql_that_is_wrong_or_writes_is_wrong_usage(done, query):
    result = call(done, "sql", query)
    assert result.exit_code == 2
    assert "creator-metrics:" in result.stderr


def test_files_quarantine_and_status_list_what_happened(done):
    files = json.loads(call(done, "files", "--json").stdout)
    assert {row["status"] for row in files} == {"loaded", "unrecognised"}
    only = json.loads(call(done, "files", "--status", "unrecognised", "--json").stdout)
    assert [row["status"] for row in only] == ["unrecognised"]
    assert json.loads(call(done, "quarantine", "--json").stdout)[0]["row_number"] == 10
    (account,) = json.loads(call(done, "status", "--json").stdout)
    assert account["account"] == "anna.bager"
    assert account["posts"] == 8


def test_reading_from_a_warehouse_that_is_not_there_says_what_to_run(settings):
    result = call(settings, "files")
    assert result.exit_code == 1
    assert "creator-metrics nightly" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["nightly", "--as-of", "yesterday"],
        ["backfill", "2026-03-02", "2026-03-01"],
        ["backfill"],
        ["backfill", "2026-03-01", "2026-03-02", "--knowledge", "loaded"],
        ["inspect", "nowhere.csv"],
        ["nightli"],
    ],
)
def test_wrong_usage_exits_with_2_and_one_line(settings, arguments):
    result = call(settings, *arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_setting_that_is_wrong_is_named(settings):
    settings.home.mkdir()
    (settings.home / "settings.toml").write_text('time_zone = "Mars/Olympus"\n')
    result = call(settings, "status")
    assert result.exit_code == 2
    assert "time_zone" in result.stderr


def test_a_night_that_cannot_be_published_exits_with_1(settings):
    from warehouse.home import Home

    with Home(settings.home).lock():
        result = subprocess.run(
            [PROGRAM, "nightly", "--home", settings.home, "--inbox", settings.inbox],
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.returncode == 1
    assert "being written" in result.stderr


def test_fit_ranks_a_brief_readably_in_a_narrow_terminal(sample_night, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    result = call(sample_night, "fit", OATS, "--limit", "2")
    lines = result.stdout.splitlines()

    assert lines[0] == f"{OATS}, Havre & Co: 12 of 14 creators ranked"
    assert lines[2].startswith("  1  0.90  tove (Target Tove): instagram, micro, engagement stable")
    assert lines[3].startswith("     1st of 12 with 0.90: ")
    assert lines[-1] == "10 more ranked: --limit 12; 2 without a rank: --all"
    assert max(map(len, lines)) <= 80


def test_fit_lists_those_without_a_rank_when_asked_and_everything_as_json(sample_night):
    told = call(sample_night, "fit", OATS, "--all").stdout
    rows = json.loads(call(sample_night, "fit", OATS, "--all", "--json").stdout)

    assert [row["rank"] for row in rows] == [*range(1, 13), None, None]
    assert all(f" {row['creator']} (" in told for row in rows)
    assert "  -  0.00  milo (Mega Milo): tiktok, mega, " in told
    assert "more ranked" not in told
    assert len(json.loads(call(sample_night, "fit", OATS, "--json").stdout)) == 12


def test_fit_names_the_briefs_in_force_when_asked_for_another(sample_night):
    result = call(sample_night, "fit", "oat")
    assert result.exit_code == 1
    assert result.stderr == (
        "creator-metrics: no brief 'oat' is in force; those that are: "
        "oat-milk-dk-2025, tea-gb-2025\n"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"brand = ", "file: must be TOML"),
        (b"\xff\xfe", "file: must be"),
        (b"", "brand: "),
        (b'brand = "X"\naudience = "women"\n', "audience: "),
        (b'brand = "X"\n[audience]\ncountries = { DK = -1 }\n', "audience.countries"),
    ],
)
def test_brief_check_tells_what_is_wrong_with_a_broken_file(settings, tmp_path, content, said):
    path = tmp_path / "broken.toml"
    path.write_bytes(content)

    result = call(settings, "brief", "check", str(path))

    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert f"  {path}: {said}" in result.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["files"], ["sql", "select 1"]])
def test_commands_that_need_no_flow_import_no_prefect(done, arguments):
    options = [] if arguments == ["--help"] else ["--home", str(done.home)]
    code = (
        "import sys\n"
        "from flows.cli import app\n"
        f"try: app({arguments + options})\n"
        "except SystemExit: pass\n"
        "print(sorted({'prefect', 'scipy', 'pandera'} & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "prefect" not in result.stderr.splitlines()[-1]
    assert "scipy" not in result.stderr.splitlines()[-1]


def test_the_example_that_init_lays_down_is_a_brief(settings):
    call(settings, "init")
    example = settings.home / "reference" / "brief.example.toml"

    result = call(settings, "brief", "check", str(example))

    assert result.exit_code == 0
    said = result.stdout.splitlines()
    assert said[0] == f"{example}: ok"
    assert "  brand: Havre & Co" in said
    assert "  audience by country: DK 80.0%, SE 20.0%" in said
    assert "  audience by age: 18-24 50.0%, 25-34 50.0%" in said
    assert said[-1].startswith("  weights: audience_match 3, target_share 2")


def test_a_wrong_brief_is_told_problem_by_problem_and_the_right_one_beside_it(settings, tmp_path):
    right, wrong = tmp_path / "right.toml", tmp_path / "wrong.toml"
    right.write_text('brand = "X"\n[audience]\ngenders = ["female"]\n')
    wrong.write_text('brnd = "X"\ntiers = ["mikro"]\n[audience]\ngenders = ["women"]\n')

    told = call(settings, "brief", "check", str(right), str(wrong))
    as_json = call(settings, "brief", "check", str(right), str(wrong), "--json")

    assert (told.exit_code, as_json.exit_code) == (1, 1)
    assert f"{right}: ok" in told.stdout
    first, second = json.loads(as_json.stdout)
    assert (first["ok"], first["brief"]["audience"]) == (True, {"gender": {"female": 1.0}})
    assert (second["ok"], second["brief"]) == (False, None)
    assert [one.split(": ")[1] for one in second["problems"]] == [
        "brnd",
        "brand",
        "tiers",
        "audience.genders",
    ]
    assert all(f"  {problem}" in told.stdout for problem in second["problems"])


def test_two_briefs_with_one_id_are_both_wrong(settings, tmp_path):
    paths = [tmp_path / "a.toml", tmp_path / "b.toml"]
    for path in paths:
        path.write_text('id = "x"\nbrand = "X"\n[audience]\ngenders = ["female"]\n')

    result = call(settings, "brief", "check", *map(str, paths))

    assert result.exit_code == 1
    assert all(f"{path}: id: must be another in each file" in result.stdout for path in paths)


def test_a_brief_that_is_not_there_is_wrong_usage(settings, tmp_path):
    result = call(settings, "brief", "check", str(tmp_path / "none.toml"))
    assert result.exit_code == 2
    assert "no such file" in result.stderr


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
