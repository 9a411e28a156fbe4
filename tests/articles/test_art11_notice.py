"""Art. 11: whoever is registered is told so in writing within four weeks, or it is recorded why not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clients import notice_exceptions, notice_runs, notices
from clients.models import Involvement, Notice, Registration
from dossiers import contents
from dossiers.models import Document, Dossier
from tests.clients.rows import assign
from tests.clients.told import delivery_of, intake, notice_of, registered, resident, run_filing
from tests.letters.reading import pages
from tests.people import NOW, TODAY, actor_of, as_actor, make_staff
from werkcontact.access import Absent, Actor
from werkcontact.access.models import AccessLog
from werkcontact.approvals.models import Approval
from werkcontact.law.holidays import SEEDED_CALENDAR
from werkcontact.law.rules import Rules
from werkcontact.mail import letters as mail
from werkcontact.mail.models import OutgoingLetter
from werkcontact.refused import Refused

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def made(actor: Actor, involvement: Involvement, **more: Any) -> Notice:
    """A notice whose letter was made."""
    notice = notice_of(actor, involvement)
    notices.make_letter(actor=actor, notice=notice, secret_seen=more.get("secret_seen", False), today=actor.today)
    return notice_of(actor, involvement)


def send(actor: Actor, notice: Notice, on: date | None = None, way: str = "post") -> Notice:
    """Mark its letter sent."""
    assert notice.letter
    return notices.mark_sent(
        actor=actor, notice=notice, made_at=notice.letter.made_at, on=on or actor.today, way=way, today=actor.today
    )


def refused(code: str) -> Any:
    return pytest.raises(Refused, check=lambda error: error.code == code)


def letter_text(pdf: bytes) -> str:
    return " ".join(" ".join(pages(pdf)).split())


@pytest.mark.parametrize(
    ("registered_on", "due", "work_by"),
    [
        ("2026-10-30", "2026-11-27", "2026-11-27"),
        ("2026-03-06", "2026-04-03", "2026-04-02"),  # ends on Good Friday: not rolled, and worked towards before it
        ("2026-10-31", "2026-11-28", "2026-11-27"),  # ends on a Saturday
        ("2026-04-17", "2026-05-15", "2026-05-13"),  # Ascension's Friday is a decree day
        ("2027-02-01", "2027-03-01", "2027-03-01"),  # four weeks equal the AVG's month
    ],
)
def test_the_term_is_four_weeks_and_is_never_rolled(registered_on: str, due: str, work_by: str) -> None:
    (involvement,) = registered(resident("Vries"), on=date.fromisoformat(registered_on))
    notice = Notice.objects.get(involvement=involvement)
    assert (notice.due_on.isoformat(), notice.work_by_on.isoformat()) == (due, work_by)


def test_the_month_of_the_avg_is_the_end_where_a_rulebook_would_give_more() -> None:
    (involvement,) = registered(resident("Vries"), on=date(2026, 1, 31))
    as_actor()
    Notice.objects.filter(involvement=involvement)._raw_delete("default")
    notices.register_many([involvement.pk], date(2026, 1, 31), Rules(notice_weeks=6), SEEDED_CALENDAR)
    assert Notice.objects.get(involvement=involvement).due_on == date(2026, 2, 28)


def test_the_letter_says_what_the_article_asks_and_whose_file_it_is() -> None:
    actor = intake()
    (involvement,) = registered(
        resident("Vries", prefix="de", partner_surname="Berg", partner_prefix="van den", name_use="V"), on=TODAY
    )
    notice = made(actor, involvement)
    assert notice.letter
    text = letter_text(mail.pdf(notice.letter))
    number = Dossier.objects.get(involvement=involvement).number
    for words in (
        "J. van den Berg-de Vries",
        "Boterdiep 31",
        "3077 AW ROTTERDAM",
        "Geachte heer Van den Berg-de Vries,",
        number,
        "24 november 2026",
        "Het doel van de registratie is",
        "Voorbeeldstraat 1, 3011 AA Rotterdam",
        "artikel 6 lid 1 onder e",
        "naam, geboortedatum en geslacht",
        "adres, telefoon en e-mail",
        "opdracht en traject",
        "vijf jaar",
    ):
        assert words in text, words
    assert "burgerservicenummer" not in text  # nothing that was not delivered


def test_sending_ends_the_clock_and_the_letter_lies_in_the_dossier() -> None:
    actor = intake()
    (involvement,) = registered(resident("Vries"), on=TODAY - WEEK)
    notice = made(actor, involvement)
    assert notice.letter
    before = mail.pdf(notice.letter)
    send(actor, notice, on=TODAY)

    sent = Notice.objects.select_related("letter__file").get(pk=notice.pk)
    assert (sent.sent_on, sent.way, sent.ended_by_id) == (TODAY, "letter", actor.id)
    assert not Notice.objects.open().exists()
    assert sent.letter
    assert sent.letter.file
    assert mail.pdf(sent.letter) == before  # frozen as it was made
    document = Document.objects.get(dossier__involvement=involvement)
    assert (document.kind, document.happened_on, document.filed_from_id) == ("letter", TODAY, sent.letter.pk)
    version = document.versions.get()
    assert b"".join(contents.chunks_of(version)) == before
    assert "clients.registration.street" in version.field_paths
    assert AccessLog.objects.filter(act="notice.send", kind="send", subjects__contains=[involvement.pk]).count() == 1


def test_a_letter_is_sent_once() -> None:
    actor = intake()
    (involvement,) = registered(resident("Vries"), on=TODAY)
    notice = made(actor, involvement)
    send(actor, notice)
    with refused("notices.ended"):
        send(actor, notice)
    with refused("notices.ended"):
        notices.make_letter(actor=actor, notice=notice, secret_seen=False, today=TODAY)
    assert Document.objects.count() == 1


def test_a_letter_made_anew_is_not_the_one_in_hand() -> None:
    actor = intake()
    (involvement,) = registered(resident("Vries"), on=TODAY)
    notice = made(actor, involvement)
    Registration.objects.filter(involvement=involvement).update(street="Nieuwe Gracht")
    later = actor_of(make_staff("intake"), at=NOW + timedelta(minutes=5))
    again = made(later, involvement)
    assert again.letter
    assert "Nieuwe Gracht 31" in letter_text(mail.pdf(again.letter))
    with refused("mail.renewed"):
        send(later, notice)
    assert not Document.objects.exists()
    send(later, again)


@pytest.mark.parametrize(
    ("days", "code"), [(1, "notices.future"), (-8, "notices.before_registered"), (-1, "mail.before_made")]
)
def test_a_day_of_sending_that_cannot_be_is_refused_at_its_field(days: int, code: str) -> None:
    actor = intake()
    (involvement,) = registered(resident("Vries"), on=TODAY - WEEK)
    notice = made(actor, involvement)
    with pytest.raises(Refused) as error:
        send(actor, notice, on=TODAY + timedelta(days=days))
    assert (error.value.code, error.value.field) == (code, "on")


def test_a_secret_address_gets_a_letter_only_by_hand_and_after_a_warning() -> None:
    actor = intake()
    (involvement,) = registered(resident("Vries", secrecy=4), on=TODAY)
    with refused("notices.secret"):
        made(actor, involvement)
    assert send(actor, made(actor, involvement, secret_seen=True)).sent_on == TODAY


def test_nothing_goes_by_post_without_an_address_or_after_death() -> None:
    actor = intake()
    without, dead = registered(resident("Vries", street="."), resident("Aa", number=2), on=TODAY)
    notice = made(actor, without)
    with refused("notices.no_address"):
        send(actor, notice)
    assert send(actor, notice, way="handed").sent_on == TODAY
    as_actor()
    assert dead.client
    type(dead.client).objects.filter(pk=dead.client.pk).update(died_on=TODAY)
    with refused("notices.died"):
        made(actor, dead)


def run_world() -> tuple[Actor, dict[str, Involvement], Any]:
    actor = intake()
    assert actor.staff
    names = ["Bakker", "Aalbers", "Geheim", "Zonder", "Verteld", "Bekend", "Wacht", "Dood"]
    people = [resident(name, number) for number, name in enumerate(names)]
    people[2]["secrecy"], people[3]["house_number"] = 1, ""
    found = dict(zip(names, registered(*people, on=TODAY - WEEK), strict=True))
    delivery = delivery_of(found.values(), actor.staff)
    send(actor, made(actor, found["Verteld"]))
    notices.mark_known(
        actor=actor, notice=notice_of(actor, found["Bekend"]), on=TODAY, how="Verteld in het gesprek.", today=TODAY
    )
    ask(actor, found["Wacht"])
    client = found["Dood"].client
    assert client
    as_actor()
    type(client).objects.filter(pk=client.pk).update(died_on=TODAY)
    return actor, found, delivery


def ask(actor: Actor, involvement: Involvement, why: str = "Een gezinslid loopt gevaar.") -> Notice:
    return notice_exceptions.ask(
        actor=actor, notice=notice_of(actor, involvement), ground="11.1.b", carrier="UAVG 41.1.i", why=why
    )


def test_a_run_leaves_out_whom_it_must_and_says_why() -> None:
    actor, found, delivery = run_world()
    run = notice_runs.read_run(actor, delivery)
    assert [notice.involvement for notice in run.ready] == [found["Aalbers"], found["Bakker"]]
    assert {left.notice.involvement_id: left.reason for left in run.left_out} == {
        found["Geheim"].pk: "secret",
        found["Zonder"].pk: "no_address",
        found["Verteld"].pk: "sent",
        found["Bekend"].pk: "known",
        found["Wacht"].pk: "waiting",
        found["Dood"].pk: "died",
    }


def test_a_run_is_printed_on_demand_and_marked_sent_in_one_act() -> None:
    actor, found, delivery = run_world()
    notice_runs.make_run(actor=actor, delivery=delivery, today=TODAY)
    run = notice_runs.read_run(actor, delivery)
    text = letter_text(notice_runs.print_part(actor, delivery, 1))
    assert "J. Aalbers" in text
    assert "J. Bakker" in text
    assert "Geheim" not in text
    with pytest.raises(Absent):
        notice_runs.print_part(actor, delivery, 2)

    mark = {"actor": actor, "delivery": delivery, "digest": run.digest, "on": TODAY, "way": "post", "today": TODAY}
    assert notice_runs.mark_run_sent(**mark) == 2
    assert Notice.objects.filter(involvement__in=[found["Aalbers"], found["Bakker"]], sent_on=TODAY).count() == 2
    row = AccessLog.objects.get(act="notice.send", kind="send", subjects__contains=[found["Aalbers"].pk])
    assert {found["Aalbers"].pk, found["Bakker"].pk} <= set(row.subjects)
    assert found["Geheim"].pk not in row.subjects
    with refused("notices.run_sent"):
        notice_runs.mark_run_sent(**mark)

    assert Document.objects.count() == 1  # the one sent by itself
    assert run_filing() == 2
    assert run_filing() == 0
    document = Document.objects.get(dossier__involvement=found["Aalbers"])
    assert document.author_id == actor.id
    assert document.filed_from_id
    assert b"".join(contents.chunks_of(document.versions.get())) == mail.pdf(
        OutgoingLetter.objects.select_related("file").get(pk=document.filed_from_id)
    )


def test_what_was_printed_is_what_is_marked_sent() -> None:
    actor, found, delivery = run_world()
    notice_runs.make_run(actor=actor, delivery=delivery, today=TODAY)
    run = notice_runs.read_run(actor, delivery)
    Registration.objects.filter(involvement=found["Bakker"]).update(city="Delft")
    later = actor_of(make_staff("intake"), at=NOW + timedelta(hours=1))
    notice_runs.make_run(actor=later, delivery=delivery, today=TODAY)
    with refused("notices.run_changed"):
        notice_runs.mark_run_sent(actor=later, delivery=delivery, digest=run.digest, on=TODAY, way="post", today=TODAY)


def test_a_run_made_on_two_days_must_be_made_anew() -> None:
    actor, found, delivery = run_world()
    made(actor, found["Bakker"])
    tomorrow = actor_of(make_staff("intake"), at=NOW + timedelta(days=1))
    made(tomorrow, found["Aalbers"])
    assert not notice_runs.read_run(actor, delivery).is_made
    notice_runs.make_run(actor=tomorrow, delivery=delivery, today=tomorrow.today)
    assert notice_runs.read_run(tomorrow, delivery).is_made


def test_a_large_run_is_printed_in_parts_of_500() -> None:
    run = notice_runs.Run([Notice() for _ in range(1201)], [])
    assert [len(part) for part in run.parts] == [500, 500, 201]


def test_nobody_prints_a_run_for_clients_of_others() -> None:
    _actor, found, delivery = run_world()
    caseworker = make_staff("caseworker")
    assign(found["Bakker"], caseworker)
    with pytest.raises(Absent):
        notice_runs.make_run(actor=actor_of(caseworker, at=NOW + timedelta(minutes=1)), delivery=delivery, today=TODAY)


def test_who_knows_already_needs_no_letter_and_how_is_recorded_and_ends_with_the_key() -> None:
    actor = intake()
    (involvement,) = registered(resident("Vries"), on=TODAY)
    how = "Verteld in het eerste gesprek."
    notice = notices.mark_known(
        actor=actor, notice=notice_of(actor, involvement), on=TODAY - WEEK, how=how, today=TODAY
    )
    assert notice_exceptions.words_of(Notice.objects.get(pk=notice.pk)) == how
    assert not Notice.objects.open().exists()
    (other,) = registered(resident("Aa", number=2), on=TODAY, principal=involvement.principal)
    for words in ("", " ", "x" * 1001):
        with refused("notices.words"):
            notices.mark_known(actor=actor, notice=notice_of(actor, other), on=TODAY, how=words, today=TODAY)


def test_telling_in_another_form_is_recorded_and_ends_the_clock() -> None:
    actor = intake()
    (involvement,) = registered(resident("Vries"), on=TODAY)
    notices.tell_otherwise(
        actor=actor, notice=notice_of(actor, involvement), on=TODAY, how="Voorgelezen op kantoor.", today=TODAY
    )
    notice = Notice.objects.get(involvement=involvement)
    assert (notice.way, notice.sent_on, notice.letter_id) == ("adapted", TODAY, None)


def test_an_exception_is_decided_by_a_second_person_of_the_directie() -> None:
    directie = make_staff("directie", "intake", name="D. Een")
    second = make_staff("directie", name="D. Twee")
    actor, other = actor_of(directie), actor_of(second)
    (involvement,) = registered(resident("Vries"), on=TODAY)
    asked = ask(actor, involvement)
    assert asked.asked
    assert Notice.objects.open().count() == 1  # the clock runs on
    assert notice_exceptions.waiting(actor) == []
    assert [notice.pk for notice in notice_exceptions.waiting(other)] == [asked.pk]
    with refused("access.own"):
        notice_exceptions.decide(actor=actor, notice=asked, seen=asked.asked.pk, granted=True)
    notice_exceptions.decide(actor=other, notice=asked, seen=asked.asked.pk, granted=True)
    done = Notice.objects.get(pk=asked.pk)
    assert (done.exception_id, done.ended_by_id) == (asked.asked.pk, second.pk)
    assert not Notice.objects.open().exists()


def test_what_was_asked_anew_must_be_read_anew_and_a_no_leaves_the_clock_running() -> None:
    actor, other = intake(), actor_of(make_staff("directie"))
    (involvement,) = registered(resident("Vries"), on=TODAY)
    first = ask(actor, involvement)
    second = ask(actor, involvement, why="Anders verwoord.")
    assert first.asked
    assert second.asked
    with refused("approvals.decided"):
        notice_exceptions.decide(actor=other, notice=second, seen=first.asked.pk, granted=True)
    notice_exceptions.decide(actor=other, notice=second, seen=second.asked.pk, granted=False)
    assert Notice.objects.open().count() == 1
    send(actor, made(actor, involvement))


def test_sending_takes_back_what_waited_for_the_directie() -> None:
    actor, other = intake(), actor_of(make_staff("directie"))
    (involvement,) = registered(resident("Vries"), on=TODAY)
    asked = ask(actor, involvement)
    send(actor, made(actor, involvement))
    assert asked.asked
    assert Approval.objects.get(pk=asked.asked.pk).outcome == "void"
    with refused("notices.ended"):
        notice_exceptions.decide(actor=other, notice=asked, seen=asked.asked.pk, granted=True)


@pytest.mark.parametrize(
    ("ground", "carrier", "code"),
    [
        ("11.1.a", "AVG 14.5.a", "notices.ground"),  # recorded by the sender, no exception
        ("13.4.a", "AVG 15.4", "notices.ground"),
        ("11.1.b", "UAVG 41.1.a", "notices.carrier"),
        ("11.1.c", "", "notices.carrier"),
    ],
)
def test_a_ground_of_the_reglement_stands_only_on_a_law_that_carries_it(ground: str, carrier: str, code: str) -> None:
    actor = intake()
    (involvement,) = registered(resident("Vries"), on=TODAY)
    with refused(code):
        notice_exceptions.ask(
            actor=actor, notice=notice_of(actor, involvement), ground=ground, carrier=carrier, why="Nodig."
        )


def test_only_whoever_guides_the_client_or_intake_may_send() -> None:
    (involvement,) = registered(resident("Vries"), on=TODAY)
    guide, stranger = make_staff("caseworker"), make_staff("caseworker")
    assign(involvement, guide)
    later: datetime = NOW + timedelta(minutes=1)
    assert notice_of(actor_of(guide, at=later), involvement)
    with pytest.raises(Absent):
        notice_of(actor_of(stranger, at=later), involvement)
    with refused("access.refused"):
        notice_of(actor_of(make_staff("directie"), at=later), involvement)


@pytest.mark.parametrize(
    "broken",
    [
        {"sent_on": TODAY, "way": "letter", "known_on": TODAY},
        {"sent_on": TODAY - WEEK, "way": "letter"},
        {"sent_on": TODAY, "way": ""},
    ],
)
def test_the_database_keeps_that_a_clock_ends_once_and_not_before_it_began(broken: dict[str, Any]) -> None:
    (involvement,) = registered(resident("Vries"), on=TODAY)
    as_actor()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(involvement=involvement).update(**broken)
