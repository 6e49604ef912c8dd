"""Settings: who outranks whom."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from flows.settings import load_settings
from schemas.limits import Limits


def test_arguments_outrank_the_environment_and_that_the_file(tmp_path, monkeypatch):
    (tmp_path / "settings.toml").write_text('inbox = "file"\ntier_preset = "us_common"\n')
    assert load_settings(tmp_path).inbox == "file"
    monkeypatch.setenv("CREATOR_METRICS_INBOX", "environment")
    assert load_settings(tmp_path).inbox == "environment"
    assert load_settings(tmp_path, "argument").inbox == "argument"
    assert load_settings(tmp_path).tier_preset == "us_common"


def test_the_home_can_come_from_the_environment(tmp_path, monkeypatch):
    (tmp_path / "settings.toml").write_text("generations = 7\n")
    monkeypatch.setenv("CREATOR_METRICS_HOME", str(tmp_path))
    assert load_settings().generations == 7


@pytest.mark.parametrize(
    "text",
    [
        'time_zone = "Mars/Olympus"',
        "generations = 0",
        "no_such_setting = 1",
        "limits.max_columns = 0",
        "limits.no_such_limit = 1",
    ],
)
def test_a_wrong_setting_is_an_error_that_names_it(tmp_path, text):
    (tmp_path / "settings.toml").write_text(text + "\n")
    with pytest.raises(ValidationError, match=text.split(" = ")[0].split(".")[-1]):
        load_settings(tmp_path)


def test_limits_come_from_the_file_and_one_by_one_from_the_environment(tmp_path, monkeypatch):
    (tmp_path / "settings.toml").write_text("[limits]\nmax_columns = 7\nmax_sheets = 8\n")
    monkeypatch.setenv("CREATOR_METRICS_LIMITS__MAX_SHEETS", "9")
    limits = load_settings(tmp_path).limits
    assert (limits.max_columns, limits.max_sheets) == (7, 9)
    assert limits.max_zip_members == Limits().max_zip_members


def test_settings_cannot_be_changed(tmp_path):
    with pytest.raises(ValidationError):
        load_settings(tmp_path).inbox = "other"


def test_a_night_that_starts_late_is_still_cut_in_the_deployment_s_zone(tmp_path):
    settings = load_settings(tmp_path)
    late = datetime(2026, 10, 25, 23, 30, tzinfo=UTC)
    assert str(settings.last_whole_day(late)) == "2026-10-25"
