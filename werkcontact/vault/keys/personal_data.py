"""What the rows of keys hold: nothing but wrapped keys and whose they are; their end ends what lies under them."""

from __future__ import annotations

from werkcontact.personal_data import of

DECLARATIONS = {
    "keys.datakey": of(
        "owner",
        ends="destruction",
        hidden="wrapped",
        plain="kind master_version created_at",
        ref="owner",
    ),
}
