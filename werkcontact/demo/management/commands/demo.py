"""`manage.py demo`: a small office to try the product on; `--accounts` prints who one can be there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from werkcontact.demo import cast, story


class Command(BaseCommand):
    """Made through the acts, once; each part of the story is begun only when the part before it is whole."""

    help = "Make the demo office, or print its accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --accounts."""
        parser.add_argument("--accounts", action="store_true", help="print the demo accounts and their secrets")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the demo, or say that it is there."""
        if not settings.INSECURE_LOCAL:
            raise CommandError("The demo has known passwords: it is made only where INSECURE_LOCAL=1.")
        with translation.override("nl"):
            if options["accounts"]:
                self.stdout.write(cast.accounts_as_text())
            elif story.is_whole():
                self.stdout.write("demo already there")
            else:
                story.tell(timezone.now())
                self.stdout.write("demo made")
