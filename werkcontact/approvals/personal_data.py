from __future__ import annotations

from werkcontact.personal_data import nobody

DECLARATIONS = {
    "approvals.approval": nobody(ref="subject", plain="kind payload_hash prepared_at decided_at outcome"),
}
