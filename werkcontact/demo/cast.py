"""The people of the demo office: accounts, appointments, promises and authenticators, made through the acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt
from django.utils.translation import gettext

from clients import teams
from werkcontact.access import Actor
from werkcontact.office import accounts, appointments, declarations, directors
from werkcontact.staff.models import Role, Staff

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PASSWORD = "proef-met-werkcontact"  # noqa: S105 - printed on the terminal; the command refuses to run in production
DOMAIN = "werkcontact.example"


@dataclass(frozen=True)
class Person:
    """One of the cast: the name before the @, as colleagues know them, and their roles."""

    key: str
    name: str
    roles: tuple[Role, ...]
    firm: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


FIRST_DIRECTOR = Person("directie", "M. Postma", (Role.DIRECTIE,))
OTHERS = (
    Person("directie2", "H. de Wit", (Role.DIRECTIE,)),
    Person("visser", "N. Visser", (Role.CASEWORKER,)),
    Person("bos", "J. Bos", (Role.CASEWORKER,)),
    Person("aydin", "F. Aydin", (Role.FRANCHISEE,), firm="Aydin Loopbaan"),
    Person("teamleider", "S. Bakker", (Role.LEAD,)),
    Person("intake", "D. Willems", (Role.INTAKE,)),
    Person("verzoeken", "K. Haddad", (Role.REQUESTS,)),
    Person("verzoeken2", "L. Smit", (Role.REQUESTS,)),
    Person("archief", "A. Meijer", (Role.ARCHIVIST,)),
    Person("archief2", "B. Kok", (Role.ARCHIVIST,)),
    Person("fg", "P. Prins", (Role.OFFICER,)),
    Person("beheerder", "T. Jansen", (Role.TECHNICAL,)),
)
EVERYBODY = (FIRST_DIRECTOR, *OTHERS)


@dataclass(frozen=True)
class Clock:
    """The demo's past: moments so many days before `now`, in office hours."""

    now: datetime

    def ago(self, days: int, hour: int = 10) -> datetime:
        """Return that hour (Amsterdam), so many days ago; never later than now."""
        local = self.now.astimezone(AMSTERDAM)
        then = local.replace(hour=hour, minute=0, second=0, microsecond=0) - timedelta(days=days)
        return min(then, local)


class Cast:
    """Who is who, and each of them as an actor on a day of the demo's past."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        staff = Staff.objects.filter(email__endswith=f"@{DOMAIN}")
        self.staff = {one.email.partition("@")[0]: one for one in staff}

    def __call__(self, key: str, days_ago: int = 0, hour: int = 10) -> Actor:
        """Return this person as they acted so many days ago."""
        return Actor.of(self.staff[key], at=self.clock.ago(days_ago, hour))


def is_there() -> bool:
    """Whether the demo was begun."""
    return Staff.objects.filter(email=FIRST_DIRECTOR.email).exists()


def make(clock: Clock) -> Cast:
    """Make the office, some hundred days ago: the first director by the system, the others by the directors."""
    system = Actor.system("create_director", at=clock.ago(120))
    directors.create_director(
        actor=system,
        email=FIRST_DIRECTOR.email,
        display_name=FIRST_DIRECTOR.name,
        password=PASSWORD,
        today=system.today,
    )
    cast = Cast(clock)
    _sign(cast, FIRST_DIRECTOR.key, 120)
    for person in OTHERS:
        director = cast("directie", 119)
        staff = accounts.hire(
            actor=director, email=person.email, display_name=person.name, firm=person.firm, password=PASSWORD
        )
        for role in person.roles:
            appointments.appoint(
                actor=director, staff=staff, role=role, from_on=director.today, until_on=None, reason=gettext("demo")
            )
        cast = Cast(clock)
        _sign(cast, person.key, 119)
    for person in EVERYBODY:
        TOTP.activate(cast.staff[person.key], generate_totp_secret())
        RecoveryCodes.activate(cast.staff[person.key])
    teams.edit_team(
        actor=cast("directie", 118),
        team=None,
        name="Team Rijnmond",
        lead=cast.staff["teamleider"],
        members=[cast.staff["visser"], cast.staff["bos"]],
    )
    return cast


def _sign(cast: Cast, key: str, days_ago: int) -> None:
    actor = cast(key, days_ago)
    declarations.sign_declaration(actor=actor, today=actor.today)


def accounts_as_text() -> str:
    """Return what the terminal shows: who one can be, with the secret of each authenticator."""
    secrets = {
        authenticator.user_id: decrypt(authenticator.data["secret"])
        for authenticator in Authenticator.objects.filter(
            type=Authenticator.Type.TOTP, user__email__endswith=f"@{DOMAIN}"
        )
    }
    lines = [gettext("Demo accounts; the password of all is: %(password)s") % {"password": PASSWORD}]
    staff = {one.email: one for one in Staff.objects.filter(email__endswith=f"@{DOMAIN}")}
    for person in EVERYBODY:
        if person.email in staff:
            roles = ", ".join(str(role.label) for role in person.roles)
            secret = secrets.get(staff[person.email].pk, gettext("no authenticator"))
            lines.append(f"  {person.email:<34} {secret:<34} {roles}")
    return "\n".join(lines)
