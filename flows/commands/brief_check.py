"""What `creator-metrics brief check` says of a brief before a night reads it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from flows.references.kinds import tiers_in_use
from flows.settings import Settings
from schemas.brief import Brief
from transforms.briefs.brief import read_brief
from transforms.briefs.problems import BriefError
from warehouse.home import Home


@dataclass(frozen=True)
class BriefCheck:
    """One file: the brief as understood, or everything that is wrong."""

    file: str
    brief: Brief | None = None
    problems: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Say whether a night would take it."""
        return not self.problems

    def as_dict(self) -> dict[str, Any]:
        """Give it for JSON."""
        brief = asdict(self.brief) if self.brief else None
        return {"file": self.file, "ok": self.is_right, "problems": self.problems, "brief": brief}

    def lines(self) -> Iterator[str]:
        """Say it: the file, and below it what was understood or what is wrong."""
        yield f"{self.file}: {'ok' if self.is_right else 'wrong'}"
        said = _understood(self.brief) if self.brief and self.is_right else self.problems
        yield from (f"  {line}" for line in said)


def check_briefs(files: Iterable[Path], settings: Settings) -> list[BriefCheck]:
    """Read briefs as a night would, each file once."""
    tiers = tiers_in_use(Home(settings.home), settings.tier_preset, settings.today())
    checks = [_check(file, tiers) for file in dict.fromkeys(files)]
    ids = Counter(one.brief.brief_id for one in checks if one.brief)
    return [_with_an_id_of_its_own(one, ids) for one in checks]


def _check(file: Path, tiers: Collection[str] | None) -> BriefCheck:
    try:
        return BriefCheck(str(file), read_brief(file.read_bytes(), str(file), tiers=tiers))
    except BriefError as error:
        return BriefCheck(str(file), problems=error.problems)


def _with_an_id_of_its_own(check: BriefCheck, ids: Mapping[str, int]) -> BriefCheck:
    if check.brief is None or ids[check.brief.brief_id] == 1:
        return check
    problem = (
        f"{check.file}: id: must be another in each file, found {check.brief.brief_id!r} in "
        f"{ids[check.brief.brief_id]}; give the others an id of their own"
    )
    return replace(check, problems=(problem,))


def _understood(brief: Brief) -> Iterator[str]:
    yield f"id: {brief.brief_id}"
    yield f"brand: {brief.brand}"
    until = f" to {brief.valid_until}" if brief.valid_until else ""
    yield f"holds: from {brief.valid_from or 'the day before it arrives'}{until}"
    yield f"platforms: {', '.join(brief.platforms) or 'any'}"
    yield f"tiers: {', '.join(brief.tiers) or 'any'}"
    if brief.budget is not None:
        yield f"budget: {brief.budget:,.15g} {brief.currency}"
    if brief.deliverables:
        yield f"deliverables: {_listed(brief.deliverables, '{}')}"
    for dimension, shares in brief.audience.items():
        untold = (
            "; no export tells it: it lowers everybody's coverage"
            if dimension == "interest"
            else ""
        )
        yield f"audience by {dimension}: {_listed(shares, '{:.1%}')}{untold}"
    for name in ("topics", "hashtags", "values", "avoid", "competitors"):
        if words := getattr(brief, name):
            yield f"{name}: {', '.join(words)}"
    for name in ("min_engagement_rate", "max_risk", "min_fit", "plateau"):
        if (limit := getattr(brief, name)) is not None:
            untold = "; held against nobody yet, risk is not measured" if name == "max_risk" else ""
            yield f"{name}: {limit:g}{untold}"
    yield f"weights: {_listed(brief.weights, '{:g}')}"


def _listed(figures: Mapping[str, float], form: str) -> str:
    return ", ".join(f"{name} {form.format(figure)}" for name, figure in figures.items())
