"""Art. 16: small secrets of accounts, sealed as text under a key that the vault's master key derives.

What is sealed here belongs to no client and is not shredded: the secret of somebody's authenticator app, and a form
that waits in a session until its writer has signed in again.
"""

from __future__ import annotations

import base64

from werkcontact.vault import master, small


def seal_text(text: str, context: str) -> str:
    """Seal a text for one use, named by `context`; the version of the master key stands in front."""
    current = master.current()
    return f"{current.version}:{base64.b64encode(small.seal(_key(current, context), text, context)).decode()}"


def open_text(sealed: str, context: str) -> str:
    """Open what `seal_text` sealed; raises `vault.errors.Tampered` when it was changed or moved to another use."""
    version, _, body = sealed.partition(":")
    return small.open_(_key(master.of_version(int(version)), context), base64.b64decode(body), context).decode()


def _key(of: master.Master, context: str) -> bytes:
    return master.derive(of.wrapping, f"werkcontact.office.{context}.1")
