"""Every field that requests and complaints keep: what it is, whose, and how it ends.

A request and a complaint are owners themselves (their path is empty). What hangs on one of their dossiers ends with
that dossier; the rest with the request.
"""

from __future__ import annotations

from werkcontact.personal_data import of
from werkcontact.personal_data.categories import Category

DECLARATIONS = {
    "requests_app.subjectrequest": of(
        "",
        ends="request",
        category=Category.RIGHTS,
        number="number",
        plain="state way answer_way capacity identity_how",
        hidden="asked_cipher name_cipher birth_cipher address_cipher email_cipher telephone_cipher about_cipher",
        date="received_on identity_on registered_at closed_on",
    ),
    "requests_app.requestdossier": of(
        "dossier__involvement", ends="destruction", category=Category.RIGHTS, date="linked_at until_at"
    ),
    "requests_app.requestassignment": of(
        "subject_request", ends="request", category=Category.RIGHTS, date="from_at until_at"
    ),
    "requests_app.requestask": of(
        "subject_request",
        ends="request",
        category=Category.RIGHTS,
        plain="kind state decision ground tell_nobody",
        hidden="words_cipher",
        date="binding_on work_by_on decided_at",
    ),
    "requests_app.requestevent": of(
        "subject_request",
        ends="request",
        category=Category.RIGHTS,
        plain="sequence event",
        date="on recorded_at",
    ),
    "requests_app.requestitem": of(
        "part__dossier__involvement",
        ends="destruction",
        category=Category.RIGHTS,
        plain="kind field_path verdict ground",
        ref="row_id",
        hidden="words_cipher",
        date="decided_at",
    ),
    "requests_app.answerpart": of(
        "part__dossier__involvement",
        ends="destruction",
        category=Category.RIGHTS,
        hidden="sha256",
        date="made_at",
    ),
    "requests_app.correctionline": of(
        "part__dossier__involvement",
        ends="destruction",
        category=Category.RIGHTS,
        plain="position wish field_path verdict ground",
        ref="row_id",
        hidden="was_cipher should_cipher words_cipher",
        date="decided_at applied_at",
    ),
    "requests_app.recipienttold": of(
        "line__part__dossier__involvement",
        ends="destruction",
        category=Category.RIGHTS,
        plain="state",
        hidden="excuse_cipher",
        date="sent_on acknowledged_on",
    ),
    "requests_app.complaint": of(
        "",
        ends="request",
        category=Category.RIGHTS,
        number="number",
        plain="state way decision",
        hidden="words_cipher name_cipher address_cipher email_cipher telephone_cipher extension_cipher decision_cipher",
        date="received_on registered_at acknowledge_by_on decide_by_on acknowledged_on extended_on decided_on",
    ),
    "requests_app.complaintdossier": of(
        "dossier__involvement", ends="destruction", category=Category.RIGHTS, date="linked_at"
    ),
}
