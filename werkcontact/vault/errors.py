"""What the vault says when it cannot give something back. None of these carries personal data."""

from __future__ import annotations


class KeyGone(LookupError):  # noqa: N818 - not a fault: it is what destruction leaves behind
    """The key of this owner does not exist (any more): what lay under it can never be read again."""


class FileGone(LookupError):  # noqa: N818 - named like its sister
    """There is a row and a key, but the file itself is not in the store: restore it from a backup."""


class Tampered(ValueError):  # noqa: N818 - says what happened
    """These bytes are not what the vault wrote here: changed, cut, moved, or opened with another key."""
