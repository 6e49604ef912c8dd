"""The exports, one or several to a module, and TOMLs of names. Adding a module adds its exports."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from transforms.export import Export


def _of_module(name: str) -> Iterator[Export]:
    """Give the `EXPORT` of a module, or its `EXPORTS` where networks share one report."""
    module = import_module(f"{__name__}.{name}")
    yield from getattr(module, "EXPORTS", None) or (module.EXPORT,)


EXPORTS: dict[str, Export] = {
    export.name: export for module in iter_modules(__path__) for export in _of_module(module.name)
}
