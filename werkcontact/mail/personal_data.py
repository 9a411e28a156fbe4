from __future__ import annotations

from werkcontact.personal_data import of
from werkcontact.personal_data.categories import Category

DECLARATIONS = {
    "mail.outgoingletter": of(
        "owner",
        ends="closure",
        category=Category.RIGHTS,
        ref="owner",
        hidden="facts_cipher",
        plain="kind owner_kind made_at way",
        date="sent_on",
    ),
    "mail.digest": of("staff", ends="staff", plain="on made_at sent_at tries next_try_at last_error"),
    "mail.reminder": of("staff", ends="staff", ref="subject", plain="kind work_by_on threshold"),
}
