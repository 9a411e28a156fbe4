from __future__ import annotations

from werkcontact.personal_data import of
from werkcontact.personal_data.categories import Category

DECLARATIONS = {
    # After destruction its rows keep random ids that nothing can resolve.
    "access.accesslog": of(
        "staff",
        ends="log",
        category=Category.ACCESS,
        ref="subjects reason_id",
        hidden="reason_hash",
        plain="id at role session act kind purpose ground outcome xid era",
        contact="address",
    ),
}
