"""Commands about briefs, as a user meets them."""

import json
import sys
from pathlib import Path

import pytest

from tests.flows.cli.calling import call
from tests.sample.briefs import OATS

PROGRAM = Path(sys.executable).with_name("creator-metrics")


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
