"""Names of files and folders: which are no files of ours, and whose they are."""

from pathlib import PurePosixPath

from schemas.columns import PLATFORMS

UNFINISHED = (".crdownload", ".download", ".filepart", ".part", ".partial", ".tmp")
"""Endings that browsers and uploaders give a file until it is whole."""

_SYSTEM_FILES = ("thumbs.db", "desktop.ini")
_SYSTEM_FOLDERS = ("__macosx",)


def is_ignored(path: str) -> bool:
    """Tell whether a path names a hidden, temporary or system file, or lies in such a folder."""
    *folders, name = PurePosixPath(path).parts or ("",)
    return _is_ignored_name(name) or any(is_ignored_folder(folder) for folder in folders)


def is_ignored_folder(name: str) -> bool:
    """Tell whether a folder is hidden or the system's own; `..` is neither."""
    return (name.startswith(".") and name != "..") or name.lower() in _SYSTEM_FOLDERS


def unfinished_twin(name: str) -> str | None:
    """Give the name a half-written file will have, or null for any other file."""
    lower = name.lower()
    for ending in UNFINISHED:
        if lower.endswith(ending):
            return name[: -len(ending)]
    return None


def owner(path: str) -> tuple[str, str] | tuple[None, None]:
    """Read platform and handle from a path within the inbox.

    Returns
    -------
    tuple
        Platform, and handle in lower case without @; nulls outside `<platform>/<handle>/`.
    """
    parts = PurePosixPath(path).parts
    if len(parts) < 3 or parts[0].lower() not in PLATFORMS:
        return None, None
    handle = normalise_handle(parts[1])
    return (parts[0].lower(), handle) if handle else (None, None)


def normalise_handle(text: str) -> str:
    """Write a handle as the store compares it: lower case, without @ and outer spaces."""
    return text.strip().removeprefix("@").strip().lower()


def printable(path: str) -> str:
    """Replace bytes of a file name that are not UTF-8, which no table can hold."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _is_ignored_name(name: str) -> bool:
    return (
        name.startswith((".", "~$"))
        or name.lower() in _SYSTEM_FILES
        or unfinished_twin(name) is not None
    )
