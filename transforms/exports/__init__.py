"""One module and one TOML of names per export. Adding a module adds the export."""

from importlib import import_module
from pkgutil import iter_modules

from transforms.export import Export

EXPORTS: dict[str, Export] = {
    module.name: import_module(f"{__name__}.{module.name}").EXPORT
    for module in iter_modules(__path__)
}
