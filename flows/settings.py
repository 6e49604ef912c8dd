"""Settings of a deployment: one frozen object, passed on as parameters."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from schemas.limits import DEFAULT_LIMITS, Limits

SETTINGS_FILE = "settings.toml"


class Settings(BaseSettings):
    """What a deployment decides.

    Read, the first that says it winning, from arguments, from the environment
    (`CREATOR_METRICS_<NAME>`, `CREATOR_METRICS_LIMITS__<NAME>`) and from `<home>/settings.toml`.
    """

    model_config = SettingsConfigDict(
        env_prefix="CREATOR_METRICS_",
        env_nested_delimiter="__",
        frozen=True,
        extra="forbid",
        env_ignore_empty=True,
    )

    home: Annotated[Path, Field(description="Folder of the store and the warehouse.")] = Path(
        "creator-metrics"
    )
    inbox: Annotated[str, Field(description="Folder or fsspec URL of the downloads.")] = "inbox"
    time_zone: Annotated[str, Field(description="Zone that cuts the deployment's days.")] = (
        "Europe/Copenhagen"
    )
    tier_preset: Annotated[str, Field(description="Scale of mart.tier.")] = "danish"
    settle_seconds: Annotated[
        float, Field(ge=0, description="Time between two looks at a file that is new.")
    ] = 1.0
    read_threads: Annotated[int, Field(ge=1, description="Deliveries read at the same time.")] = 2
    task_runner: Annotated[
        Literal["threads", "processes", "dask"],
        Field(description="Where batches of files are read; dask needs creator-metrics[dask]."),
    ] = "threads"
    read_processes: Annotated[
        int, Field(ge=1, description="Processes, or workers of Dask, that read batches.")
    ] = 2
    dask_address: Annotated[
        str | None, Field(description="Scheduler of a cluster that shares the home; else our own.")
    ] = None
    batch_files: Annotated[int, Field(ge=1, description="Most files of one load.")] = 2_000
    batch_bytes: Annotated[int, Field(ge=1, description="Most bytes of one load.")] = 512 * 2**20
    limits: Annotated[Limits, Field(description="Beyond which a file is refused.")] = DEFAULT_LIMITS
    daily_partitions: Annotated[
        int, Field(ge=1, description="Days a mart keeps every partition; month-ends stay.")
    ] = 35
    generations: Annotated[
        int, Field(ge=1, description="Published files kept in .generations.")
    ] = 3
    max_staleness_days: Annotated[
        int, Field(ge=1, description="Beyond this a follower level is unknown.")
    ] = 60
    max_audience_age_days: Annotated[
        int, Field(ge=1, description="An audience observed longer ago is unknown.")
    ] = 730
    fit_list_length: Annotated[
        int, Field(ge=1, description="Best creators of a brief whose coming and going is told.")
    ] = 10
    fit_component_creators: Annotated[
        int, Field(ge=1, description="Best creators of a brief kept in mart.fit_component.")
    ] = 200
    quarantine_alert_share: Annotated[
        float,
        Field(ge=0, le=1, description="Share of a night's records in quarantine that alerts."),
    ] = 0.05
    silent_days: Annotated[
        int, Field(ge=1, description="An account not heard of for longer is silent, and alerts.")
    ] = 45
    night_alert_hours: Annotated[
        float,
        Field(gt=0, description="Hours without a night that completed, after which it alerts."),
    ] = 26.0
    memory_limit: Annotated[str, Field(description="DuckDB's memory while publishing.")] = "1GB"
    lock_wait_seconds: Annotated[
        float, Field(ge=0, description="Longest wait for another run that writes the home.")
    ] = 0.0

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(
                f"{value!r} is no IANA time zone, such as Europe/Copenhagen"
            ) from error
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the home's own file after arguments and environment."""
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls))

    @property
    def zone(self) -> ZoneInfo:
        """Give the deployment's time zone."""
        return ZoneInfo(self.time_zone)

    def last_whole_day(self, moment: datetime) -> date:
        """Give the day before `moment`'s day in the deployment's zone.

        The local calendar day decides, so the change to and from summer time moves nothing.
        """
        return moment.astimezone(self.zone).date() - timedelta(days=1)

    def today(self) -> date:
        """Give the current day in the deployment's zone."""
        return datetime.now(UTC).astimezone(self.zone).date()


def load_settings(home: Path | None = None, inbox: str | None = None) -> Settings:
    """Read the settings; `home` and `inbox` given here outrank the environment.

    Raises
    ------
    pydantic.ValidationError
        Naming each setting that is wrong, and why.
    """
    given: dict[str, Any] = {}
    if home is not None:
        given["home"] = home
    if inbox is not None:
        given["inbox"] = inbox
    folder = Settings(**given).home

    class _HomeSettings(Settings):
        model_config = SettingsConfigDict(toml_file=folder / SETTINGS_FILE)

    return Settings.model_construct(**dict(_HomeSettings(**given)))
