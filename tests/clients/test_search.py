"""Art. 9: the search box: how it reads what was typed, whom it finds for whom, and what it says and logs."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from clients.listing import Narrowing, list_clients
from clients.models import Client, Involvement
from clients.names import PersonName, fold, list_name, search_name
from clients.naming import name_of
from clients.search import matching, search, understand
from tests.clients.rows import assign, make_principal, open_clients, person
from tests.people import actor_of, browser_for, make_staff
from werkcontact.access import Actor
from werkcontact.ui.dates import PartialDate

LIST = {"list:client.list": "legal_duty"}


@pytest.mark.parametrize(
    ("typed", "words", "birth"),
    [
        ("van den Berg", ("van", "den", "berg"), None),
        ("1-3-1980", (), PartialDate(1980, 3, 1)),
        ("01031980", (), PartialDate(1980, 3, 1)),
        ("1 maart 1980", (), PartialDate(1980, 3, 1)),
        ("1980-03-01", (), PartialDate(1980, 3, 1)),
        ("00-00-1980", (), PartialDate(1980, None, None)),
        ("j. v.d. Bergh 1-3-1980", ("j", "v", "d", "bergh"), PartialDate(1980, 3, 1)),
        ("1-3-1980, Hélène", ("helene",), PartialDate(1980, 3, 1)),
        ("UWV-2026-00004", ("uwv", "2026", "00004"), None),
        ("", (), None),
    ],
)
def test_what_was_typed_is_read_as_name_and_birth_date(
    typed: str, words: tuple[str, ...], birth: PartialDate | None
) -> None:
    query = understand(typed)
    assert (query.words, query.birth, query.problem) == (words, birth, "")


def test_a_date_that_cannot_be_is_told() -> None:
    assert understand("1-3-80").problem
    assert understand("31-02-1980").problem


@given(st.text(max_size=300))
def test_any_text_is_understood(text: str) -> None:
    query = understand(text)
    assert all(word == fold(word) and word for word in query.words)
    assert "\0" not in query.reference


_NAMES = st.text(st.characters(categories=("Lu", "Ll"), max_codepoint=0x24F), min_size=1, max_size=12)


@given(_NAMES, _NAMES, st.sampled_from(["", "de", "van den", "in 't"]))
def test_a_name_is_found_by_itself_however_it_is_typed(surname: str, first: str, prefix: str) -> None:
    found_by = search_name(PersonName(first_names=first, prefix=prefix, surname=surname))
    whole = f"{prefix} {surname}"
    for typed in (surname, whole, whole.upper(), whole.replace(" ", "-"), f"{first} {surname}", whole.replace(" ", "")):
        assert all(word in found_by for word in understand(typed).words)


def test_why_says_which_part_of_the_name_it_was() -> None:
    who = Client(
        first_names="Catharina", prefix="van den", surname="Berg", partner_prefix="de", partner_surname="Vries"
    )
    cases = {
        ("berg",): ["surname"],
        ("vandenberg",): ["surname"],
        ("vries",): ["partner's name"],
        ("catharina", "vries"): ["partner's name", "first name"],
        ("c", "berg"): ["surname", "first name"],
    }
    with override(None):
        assert {words: list(map(str, matching(who, words))) for words in cases} == cases


@pytest.fixture
def world(db: None) -> dict[str, Involvement]:
    """Six people of two principals."""
    uwv, city = make_principal(), make_principal("Gemeente")
    people = [
        person("Vries", 1, prefix="de", birth="01-03-1980"),
        person("Berg", 2, prefix="van den", first_names="Catharina", partner_prefix="de", partner_surname="Vries"),
        person("Médard", 3, first_names="Hélène", birth="00-02-1995"),
        person("Huis in 't Veld-Smit", 4),
        person("Jansen", 5, birth="00-00-0000"),
    ]
    found = open_clients(uwv, people) + open_clients(city, [person("Vries", 6, prefix="de", reference="GEM-6")])
    return dict(zip(["vries", "berg", "medard", "veld", "jansen", "other"], found, strict=True))


def names(world: dict[str, Involvement], actor: Actor, text: str) -> set[str]:
    keys = {involvement.pk: key for key, involvement in world.items()}
    return {keys[hit.client.involvement.pk] for hit in search(actor, text).hits}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("de vries", {"vries", "berg", "other"}),
        ("VRIES", {"vries", "berg", "other"}),
        ("deVries", {"vries", "berg", "other"}),
        ("van-den-berg", {"berg"}),
        ("vandenberg", {"berg"}),
        ("helene medard", {"medard"}),
        ("Hélène", {"medard"}),
        ("in t veld", {"veld"}),
        ("veld smit", {"veld"}),
        ("smit", {"veld"}),
        ("vries 1-3-1980", {"vries"}),
        ("01031980", {"vries"}),
        ("12-02-1995", {"medard"}),
        ("00-00-1980", {"vries"}),
        ("ref-00004", {"veld"}),
        ("gem-6", {"other"}),
        ("REF-0000", set()),
        ("janssen", {"jansen"}),
        ("%", set()),
        ("_", set()),
        ("niemand", set()),
    ],
)
def test_who_is_found(world: dict[str, Involvement], typed: str, expected: set[str]) -> None:
    assert names(world, actor_of(make_staff("intake")), typed) == expected


def test_art09_nobody_is_found_whom_one_may_not_see(world: dict[str, Involvement]) -> None:
    guide = make_staff("caseworker")
    assert names(world, actor_of(guide), "de vries") == set()
    assign(world["berg"], guide)
    for typed in ("de vries", "vandenberg", "01-02-1990", "REF-00002"):
        assert names(world, actor_of(guide), typed) == {"berg"}
    assert names(world, actor_of(guide), "REF-00001") == set()
    for role in ("archivist", "disputes", "research", "technical", "requests", "officer", "directie"):
        assert names(world, actor_of(make_staff(role)), "de vries") == set()
    stated = actor_of(make_staff("officer"), purposes=LIST)
    assert names(world, stated, "de vries") == {"vries", "berg", "other"}


def last_row() -> tuple[str, str, set[UUID]]:
    with connection.cursor() as cursor:
        cursor.execute("select act, kind, subjects from access_log order by id desc limit 1")
        act, kind, subjects = cursor.fetchone()
    return act, kind, set(subjects)


def test_art16_a_search_logs_every_id_that_it_shows_and_says_why(world: dict[str, Involvement]) -> None:
    browser = browser_for(make_staff("intake"))
    answer = browser.post("/clienten/zoeken/", {"q": "de vries"})
    content = answer.content.decode()
    assert answer.status_code == 200
    assert content.count("achternaam") >= 2
    assert "naam van de partner" in content
    assert last_row() == ("client.list", "search", {world[key].pk for key in ("vries", "berg", "other")})


def test_an_empty_answer_says_what_to_do(world: dict[str, Involvement]) -> None:
    content = browser_for(make_staff("intake")).post("/clienten/zoeken/", {"q": "xyz 1-3-80"}).content.decode()
    assert "Probeer minder" in content
    assert "vier cijfers" in content


def test_who_needs_a_purpose_for_lists_is_asked_and_then_led_on(world: dict[str, Involvement]) -> None:
    browser = browser_for(make_staff("officer"))
    came_from = {"referer": "http://testserver/clienten/"}
    question = browser.post("/clienten/zoeken/", {"q": "de vries"}, headers=came_from)
    assert b"Waarvoor" in question.content
    assert b"REF-00001" not in question.content
    form = question.context["form"]
    posted = {"purpose": "oversight", "offer": form.initial["offer"]}
    other = browser_for(make_staff("officer")).post("/waarvoor/", posted)
    assert other["location"] == "/"
    wrong = browser.post("/waarvoor/", {**posted, "purpose": "curiosity"})
    assert wrong.status_code == 422
    on = browser.post("/waarvoor/", posted)
    assert on["location"] == "/clienten/"
    answer = browser.post("/clienten/zoeken/", {"q": "de vries"})
    assert b"REF-00001" in answer.content
    with connection.cursor() as cursor:
        cursor.execute("select purpose from access_log order by id desc limit 1")
        assert cursor.fetchone() == ("oversight",)


def pages(actor: Actor, by: Narrowing) -> list[list[str]]:
    found, after = [], None
    while True:
        listing = list_clients(actor, after=after, by=by)
        found.append([each.name for each in listing.clients])
        after = listing.after
        if after is None:
            return found


def test_the_list_is_under_the_core_of_the_name_and_its_pages_miss_and_repeat_nobody(db: None) -> None:
    principal, other = make_principal(), make_principal("Gemeente")
    people = [person(f"Naam{n % 40:02}", n, prefix="van" if n % 2 else "") for n in range(130)]
    clients = open_clients(principal, people) + open_clients(other, [person("Aa", 999)])
    guide, intake = make_staff("caseworker"), make_staff("intake")
    for client in clients[:120]:
        assign(client, guide, by=intake)
    by_role = pages(actor_of(intake), Narrowing())
    assert [len(page) for page in by_role] == [50, 50, 31]
    assert [name for page in by_role for name in page] == sorted_names(clients)
    mine = pages(actor_of(guide), Narrowing())
    assert [len(page) for page in mine] == [50, 50, 20]
    assert [name for page in mine for name in page] == sorted_names(clients[:120])
    assert pages(actor_of(intake), Narrowing(unassigned=True)) == [sorted_names(clients[120:])]
    assert pages(actor_of(intake), Narrowing(principal=other.pk)) == [["Aa, J."]]


def sorted_names(clients: list[Involvement]) -> list[str]:
    people = sorted((c.client for c in clients if c.client), key=lambda person_: person_.sort_name)
    return [list_name(name_of(person_)) for person_ in people]


def test_the_next_page_comes_also_when_the_last_one_on_this_was_assigned_meanwhile(db: None) -> None:
    clients = open_clients(make_principal(), [person(f"Naam{n:02}", n) for n in range(60)])
    intake = actor_of(make_staff("intake"))
    first = list_clients(intake, after=None, by=Narrowing(unassigned=True))
    assert first.after
    assign(clients[49], make_staff("caseworker"))
    after = list_clients(intake, after=first.after, by=Narrowing(unassigned=True))
    assert [each.name for each in after.clients] == sorted_names(clients[50:])


def test_a_list_narrowed_by_what_nobody_knows_is_not_there(world: dict[str, Involvement]) -> None:
    browser = browser_for(make_staff("intake"))
    for asked in ({"wie": "iedereen"}, {"wie": ""}, {"opdrachtgever": str(UUID(int=1))}, {"na": str(UUID(int=1))}):
        assert browser.get("/clienten/", asked).status_code == 404
    for typed in ("%", "_", "\\", "a" * 5000, "\0", "ｖｒｉｅｓ", "ı\u0307", "'--", "1-1-0000", "99999999"):
        assert browser.post("/clienten/zoeken/", {"q": typed}).status_code == 200
