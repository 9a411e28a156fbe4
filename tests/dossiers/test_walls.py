"""Art. 6.1, 7, 15: the database itself refuses to change what was given, said or signed, also below Django."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import IntegrityError

from dossiers import models as d
from dossiers.transitions import DocumentState, DossierState, HoldState, ItemPhase, ListState
from tests.dossiers.rows import AT, HASH, ON, World, refused, sql
from werkcontact.approvals.models import Approval

TABLES = ("disclosure", "discloseditem", "deliveryevent", "documentversion")
DELETE = "delete from dossiers_{}"


def destroying(world: World, *, granted: bool = True, phase: str = ItemPhase.EXECUTING) -> d.DestructionItem:
    approval = Approval.objects.create(
        kind="destruction.approve",
        subject=uuid.uuid4(),
        payload_hash="0" * 64,
        preparer=world.by,
        prepared_at=AT,
        **({"decider": world.second, "decided_at": AT, "outcome": "granted"} if granted else {}),
    )
    done = d.DestructionList.objects.create(
        month=date(2026, 11, 1),
        state=ListState.EXECUTING,
        proposed_at=AT,
        frozen_by=world.by,
        frozen_at=AT,
        frozen_hash="0" * 64,
        approval=approval,
    )
    return d.DestructionItem.objects.create(
        list=done,
        dossier_id=world.dossier.pk,
        number_hmac=HASH,
        due_on=ON,
        phase=phase,
        checked_by=world.by,
        checked_at=AT,
    )


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement", ["update dossiers_{} set id = id", "delete from dossiers_{}", "truncate dossiers_{}"]
)
def test_what_was_given_or_said_can_be_neither_changed_nor_deleted(world: World, table: str, statement: str) -> None:
    refused(sql(statement.format(table)))


def test_an_approved_destruction_lets_the_rows_of_its_dossier_go(world: World) -> None:
    destroying(world)
    for table in ("deliveryevent", "discloseditem", "disclosure", "consentrecipient", "consentform", "documentversion"):
        sql(DELETE.format(table))()
    assert not d.DocumentVersion.objects.exists()


@pytest.mark.parametrize("phase", [ItemPhase.CHECKED, ItemPhase.KEPT])
def test_a_destruction_that_has_not_begun_lets_nothing_go(world: World, phase: str) -> None:
    destroying(world, phase=phase)
    for table in TABLES:
        refused(sql(DELETE.format(table)))


def test_a_phase_without_a_second_persons_decision_opens_no_wall(world: World) -> None:
    destroying(world, granted=False)
    for table in TABLES:
        refused(sql(DELETE.format(table)))


def test_the_destruction_of_another_dossier_opens_no_wall(world: World) -> None:
    item = destroying(world)
    d.DestructionItem.objects.filter(pk=item.pk).update(dossier_id=uuid.uuid4())
    for table in TABLES:
        refused(sql(DELETE.format(table)))


def test_even_a_destruction_changes_no_disclosure(world: World) -> None:
    destroying(world)
    refused(sql("update dossiers_disclosure set given_on = given_on"))


def test_a_document_ends_alone_only_on_a_granted_erasure(world: World) -> None:
    alone = d.Document.objects.create(
        dossier=world.dossier,
        kind="file",
        category="work",
        title_cipher=b"t",
        why_cipher=b"w",
        author=world.by,
        happened_on=ON,
        recorded_at=AT,
    )
    d.DocumentVersion.objects.create(
        document=alone, number=1, text_cipher=b"x", sha256=HASH, made_by=world.by, made_at=AT
    )
    refused(lambda: d.Document.objects.filter(pk=alone.pk).update(state=DocumentState.ERASING), IntegrityError)
    approval = Approval.objects.create(
        kind="correction.erase", subject=alone.pk, payload_hash="0" * 64, preparer=world.by, prepared_at=AT
    )
    d.Document.objects.filter(pk=alone.pk).update(state=DocumentState.ERASING, erasure=approval)
    gone = sql("delete from dossiers_documentversion where document_id = %s", alone.pk)
    refused(gone)
    Approval.objects.update(decider=world.second, decided_at=AT, outcome="granted")
    gone()
    assert d.DocumentVersion.objects.count() == 1


def test_a_signed_form_does_not_change_but_can_be_withdrawn_once(world: World) -> None:
    forms = d.ConsentForm.objects.filter(pk=world.form.pk)
    refused(lambda: forms.update(until_on=date(2027, 12, 31)))
    refused(lambda: forms.update(categories=["work", "health"]))
    refused(lambda: forms.update(signed_on=None, scan=None))
    refused(lambda: d.ConsentRecipient.objects.all().delete())
    other = d.Recipient.objects.create(name="Another", kind="other")
    refused(lambda: d.ConsentRecipient.objects.create(form=world.form, recipient=other))
    refused(lambda: d.ConsentRecipient.objects.update(recipient=other))
    forms.update(withdrawn_at=AT, withdrawn_way="telephone", withdrawn_by=world.by)
    refused(lambda: forms.update(withdrawn_at=None, withdrawn_way="", withdrawn_by=None))
    assert not d.ConsentForm.objects.in_force_on(ON).exists()


def test_a_form_is_signed_after_it_was_made_and_with_its_scan(world: World) -> None:
    draft = {
        "dossier": world.dossier,
        "purpose": "placement",
        "words_cipher": b"p",
        "categories": ["work"],
        "avg_basis": "6_1_f",
        "from_on": ON,
        "until_on": ON,
        "made_on": ON,
        "made_by": world.by,
    }
    made = d.ConsentForm.objects.create(number="M-2026-0032", **draft)
    forms = d.ConsentForm.objects.filter(pk=made.pk)
    refused(lambda: forms.update(signed_on=ON), IntegrityError)
    version = d.DocumentVersion.objects.create(
        document=world.document, number=2, text_cipher=b"x", sha256=HASH, made_by=world.by, made_at=AT
    )
    refused(lambda: forms.update(signed_on=date(2026, 11, 23), scan=version), IntegrityError)
    refused(lambda: forms.update(categories=[]), IntegrityError)
    forms.update(signed_on=ON, scan=version)
    assert forms.in_force_on(ON).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"ground": "statute", "form": None},
        {"ground": "urgent", "form": None, "avg_basis": "6_1_d"},
        {"ground": "hand_back"},
        {"ground": "consent", "form": None},
        {"act": "archive.disclose", "ground": "hand_back", "form": None},
        {"act": "correction.tell"},
    ],
)
def test_a_disclosure_without_what_its_ground_asks_is_refused(world: World, change: dict[str, object]) -> None:
    facts = {
        "dossier": world.dossier,
        "recipient": world.recipient,
        "act": "disclosure.give",
        "purpose": "placement",
        "words_cipher": b"p",
        "ground": "consent",
        "avg_basis": "6_1_f",
        "form": world.form,
        "given_by": world.by,
        "given_on": ON,
        "given_at": AT,
    }
    refused(lambda: d.Disclosure.objects.create(**{**facts, **change}), IntegrityError)
    d.Disclosure.objects.create(**facts)


def test_a_hold_by_hand_has_ground_end_and_second_person_and_a_proposed_one_holds(world: World) -> None:
    facts = {"dossier": world.dossier, "placed_by": world.by, "placed_at": AT}
    refused(lambda: d.Hold.objects.create(kind="manual", state=HoldState.PROPOSED, **facts), IntegrityError)
    approval = Approval.objects.create(
        kind="hold.decide", subject=uuid.uuid4(), payload_hash="0" * 64, preparer=world.by, prepared_at=AT
    )
    d.Hold.objects.create(
        kind="manual", state=HoldState.PROPOSED, ground_cipher=b"g", until_on=ON, approval=approval, **facts
    )
    assert d.Hold.objects.blocking_on(ON).exists()
    assert not d.Hold.objects.blocking_on(date(2026, 11, 25)).exists()
    source = uuid.uuid4()
    d.Hold.objects.create(kind="request", state=HoldState.IN_FORCE, source_id=source, **facts)
    refused(
        lambda: d.Hold.objects.create(kind="request", state=HoldState.IN_FORCE, source_id=source, **facts),
        IntegrityError,
    )


def test_a_closed_dossier_has_its_end_and_its_last_day(world: World) -> None:
    dossiers = d.Dossier.objects.filter(pk=world.dossier.pk)
    refused(lambda: dossiers.update(state=DossierState.CLOSED), IntegrityError)
    dossiers.update(state=DossierState.CLOSED, ended_on=ON, retained_through=date(2031, 11, 24))
    assert not d.Dossier.objects.due_for_destruction(date(2031, 11, 24)).exists()
    assert d.Dossier.objects.due_for_destruction(date(2031, 11, 25)).exists()


def test_a_work_note_keeps_its_text_only_while_open(world: World) -> None:
    note = d.WorkNote.objects.create(
        dossier=world.dossier, author=world.by, text_cipher=b"x", written_at=AT, expires_on=date(2027, 1, 5)
    )
    notes = d.WorkNote.objects.filter(pk=note.pk)
    refused(lambda: notes.update(state="dropped", ended_at=AT), IntegrityError)
    refused(lambda: notes.update(text_cipher=None), IntegrityError)
    assert not d.WorkNote.objects.due_on(date(2027, 1, 5)).exists()
    assert d.WorkNote.objects.due_on(date(2027, 1, 6)).exists()
    notes.update(state="dropped", ended_at=AT, text_cipher=None)
