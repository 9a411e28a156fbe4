"""`manage.py create_director`: the first account of the house, with an appointment to the directie."""

from __future__ import annotations

from getpass import getpass
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from werkcontact.access import Actor
from werkcontact.office.directors import create_director
from werkcontact.refused import Refused
from werkcontact.staff.models import Staff


class Command(BaseCommand):
    help = "Make an account for a member of the directie; the others are made in the admin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True, help="as colleagues know them: M. Postma")
        parser.add_argument("--password-file", type=Path, help="its first line; asked for when not given")

    def handle(self, *_args: Any, **options: Any) -> None:
        email, name = options["email"], options["name"]
        password = self._password(options["password_file"])
        try:
            validate_email(email)
            validate_password(password, Staff(email=email, display_name=name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        actor = Actor.system("create_director", at=timezone.now())
        try:
            create_director(actor=actor, email=email, display_name=name, password=password, today=actor.today)
        except Refused as refused:
            raise CommandError(str(refused.text)) from refused
        self.stdout.write(
            _("The account is there. Sign in with it, set up an authenticator app, and sign the promise.")
        )

    def _password(self, file: Path | None) -> str:
        if file is not None:
            try:
                return file.read_text(encoding="utf-8").partition("\n")[0]
            except OSError as error:
                raise CommandError(f"{file}: {error.strerror}") from error
        password = getpass()
        if getpass(_("Once more: ")) != password:
            raise CommandError(_("You typed two different passwords."))
        return password
