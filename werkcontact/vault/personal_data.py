"""What the vault's rows hold: ciphertext, and whose key opens it. They end with that owner, whoever it is."""

from __future__ import annotations

from werkcontact.personal_data import of
from werkcontact.personal_data.categories import Category

DECLARATIONS = {
    "vault.storedfile": of(
        "key_owner",
        ends="destruction",
        plain="key_kind size sha256 media_type stored_at",
        ref="key_owner",
    ),
    "vault.erasabletext": of(
        "owner",
        ends="destruction",
        category=Category.ACCESS,
        hidden="cipher hash",
        plain="key_kind created_at",
        ref="owner",
    ),
}
