"""Which program made a table: its version and a fingerprint of the code that decides."""

import hashlib
from functools import cache
from importlib import metadata, resources


@cache
def program_version() -> str:
    """Give `<version>+<fingerprint>`; changes whenever code or data of a transform changes.

    What one version could not read, and what one version built, is looked at again by the next.
    """
    digest = hashlib.sha256()
    for package in ("schemas", "transforms"):
        for name, content in sorted(_sources(resources.files(package), package)):
            digest.update(name.encode())
            digest.update(content)
    return f"{metadata.version('creator-metrics')}+{digest.hexdigest()[:8]}"


def _sources(folder: resources.abc.Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            found += _sources(entry, name)
        elif entry.name.endswith((".py", ".toml")):
            found.append((name, entry.read_bytes()))
    return found
