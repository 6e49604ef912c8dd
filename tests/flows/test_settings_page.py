"""The page of settings says what the settings are: `python -m tests.flows.test_settings_page`."""

from pathlib import Path

from flows.settings import Settings
from flows.settings_page import page
from schemas.limits import Limits

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_page_says_what_the_settings_say():
    assert page() == PAGE.read_text(encoding="utf-8"), (
        "a setting changed: read the difference, then run python -m tests.flows.test_settings_page"
    )


def test_every_setting_stands_on_the_page_with_its_default_and_meaning():
    said = page()
    for name, setting in Settings.model_fields.items():
        assert setting.description
        assert name == "limits" or f"| `{name}` | " in said
    for name, default in vars(Limits()).items():
        assert f"| `limits.{name}` | " in said
        assert f"{default:,}" in said


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
