"""`docs/settings.md`, written from the settings themselves."""

from collections.abc import Iterator
from dataclasses import fields

from flows.settings import SETTINGS_FILE, Settings
from schemas.limits import Limits

_HEAD = f"""\
# Settings

What a deployment decides. A setting is read, the first that says it winning, from an option of the
command line (`--home`, `--inbox`), from the environment, and from `<home>/{SETTINGS_FILE}`:

```toml
time_zone = "Europe/Copenhagen"

[limits]
max_columns = 5000
```

The environment names the same settings `CREATOR_METRICS_TIME_ZONE` and
`CREATOR_METRICS_LIMITS__MAX_COLUMNS`. A setting that does not exist, or whose value cannot be, is
an error that names it. `creator-metrics` reads them anew each time it is run.
"""

_LIMITS = """\
## Limits

No exported file comes near them; they keep a hostile one from costing memory or time. What is
beyond one is refused, the other files go on, and the reason names the limit, its value and the
setting to raise. A refused file stays in the archive, and the next night after a limit changed
reads it again; a zip that was refused, or a member of one, has to be laid into the inbox once more.

Not limits but rules, which no setting changes: a zip within a zip is not opened, members that are
links or whose names leave the zip are refused, and so are links that leave the inbox.
"""


def page() -> str:
    """Write the page: every setting with its default and what it is."""
    return "\n".join([_HEAD, *_settings(), "", _LIMITS, *_limits(), ""])


def _settings() -> Iterator[str]:
    yield from ("| setting | default | what it is |", "|---|---|---|")
    for name, setting in Settings.model_fields.items():
        if name != "limits":
            yield f"| `{name}` | {_shown(setting.default)} | {setting.description} |"


def _limits() -> Iterator[str]:
    yield from ("| setting | default | what it is |", "|---|---|---|")
    for limit in fields(Limits):
        shown = _shown(limit.default)
        yield f"| `limits.{limit.name}` | {shown} | {limit.metadata['description']} |"


def _shown(value: object) -> str:
    if value is None:
        return "none"
    return f"{value:,}" if isinstance(value, int) and value >= 10_000 else f"`{value}`"
