"""Every field that dossiers keep: what it is, whose, and how it ends."""

from __future__ import annotations

from werkcontact.personal_data import nobody, of
from werkcontact.personal_data.categories import Category

DECLARATIONS = {
    "dossiers.dossier": of(
        "involvement",
        ends="destruction",
        category=Category.COMMISSION,
        number="number",
        plain="state",
        date="opened_on ended_on retained_through",
    ),
    "dossiers.archivecard": of(
        "dossier__involvement",
        ends="destruction",
        category=Category.IDENTITY,
        name="name sort_name search_name",
        birth="birth_year birth_month birth_day",
        hidden="reference_cipher reference_index",
    ),
    "dossiers.hold": of(
        "dossier__involvement",
        ends="destruction",
        category=Category.RIGHTS,
        plain="kind state",
        ref="source_id",
        hidden="ground_cipher",
        date="until_on placed_at released_at",
    ),
    "dossiers.recipient": nobody(
        name="name attention",
        address="street postcode city country",
        contact="email telephone",
        plain="kind in_use",
    ),
    "dossiers.document": of(
        "dossier__involvement",
        ends="destruction",
        category=Category.GUIDANCE,
        plain="kind category sensitivity state source",
        hidden="title_cipher why_cipher",
        ref="filed_from_id",
        date="happened_on recorded_at",
    ),
    "dossiers.documentversion": of(
        "document__dossier__involvement",
        ends="destruction",
        category=Category.GUIDANCE,
        plain="number field_paths",
        hidden="text_cipher reason_cipher sha256",
        date="made_at",
    ),
    "dossiers.contactreport": of(
        "document__dossier__involvement",
        ends="destruction",
        category=Category.GUIDANCE,
        plain="channel minutes_spent",
        hidden="next_step_cipher",
        date="next_step_on",
    ),
    "dossiers.worknote": of(
        "dossier__involvement",
        ends="destruction",
        category=Category.GUIDANCE,
        plain="state",
        hidden="text_cipher",
        date="written_at expires_on ended_at",
    ),
    "dossiers.consentform": of(
        "dossier__involvement",
        ends="destruction",
        category=Category.RIGHTS,
        number="number",
        plain="purpose categories avg_basis signer withdrawn_way",
        hidden="words_cipher representative_cipher",
        date="from_on until_on made_on signed_on withdrawn_at",
    ),
    "dossiers.consentrecipient": of("form__dossier__involvement", ends="destruction", category=Category.RIGHTS),
    "dossiers.urgentreason": of(
        "dossier__involvement",
        ends="destruction",
        category=Category.RIGHTS,
        plain="categories avg_basis tell_client",
        hidden="reason_cipher not_told_cipher",
        date="prepared_at",
    ),
    "dossiers.disclosure": of(
        "dossier__involvement",
        ends="destruction",
        category=Category.RIGHTS,
        plain="act purpose ground avg_basis health_basis",
        hidden="words_cipher citation_cipher",
        date="given_on given_at",
    ),
    "dossiers.discloseditem": of(
        "disclosure__dossier__involvement",
        ends="destruction",
        category=Category.RIGHTS,
        plain="position category field_paths",
        hidden="values_cipher sha256",
    ),
    "dossiers.deliveryevent": of(
        "disclosure__dossier__involvement",
        ends="destruction",
        category=Category.RIGHTS,
        plain="event",
        date="on recorded_at",
    ),
    "dossiers.destructionlist": nobody(
        plain="month state proposed_at frozen_at frozen_hash done_at statement",
    ),
    "dossiers.destructionitem": nobody(
        ref="dossier_id",
        hidden="number_hmac",
        plain="due_on phase checked_at tried_at error destroyed_at residue",
    ),
    "dossiers.destroyedledger": nobody(ref="dossier_id", hidden="number_hmac", plain="destroyed_at"),
}
