"""Hashtags and handles as a brief writes them."""

import re

from transforms.briefs.table import TextError

_HASHTAG = re.compile(r"[^\s#]+")
_HANDLE = re.compile(r"[^\s@/#]+")


def hashtag(text: str) -> str:
    """Give a hashtag in lower case without #."""
    bare = text.removeprefix("#").strip().lower()
    if not _HASHTAG.fullmatch(bare):
        raise TextError("must be one hashtag, a word without spaces", 'write it as "#vegansk"')
    return bare


def handle(text: str) -> str:
    """Give a handle in lower case without @."""
    bare = text.removeprefix("@").strip().lower()
    if not _HANDLE.fullmatch(bare):
        raise TextError("must be a handle, not a name or an address", 'write it as "@oatly"')
    return bare
