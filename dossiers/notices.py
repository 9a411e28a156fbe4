"""Art. 11, 5.2: the letter that told somebody of the registration lies in the dossier, as it went out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clients.notices import SentLetter
from dossiers.documents import file_letter
from dossiers.models import Dossier
from werkcontact.access import Actor
from werkcontact.personal_data.categories import Category


def file_notice(actor: Actor, sent: SentLetter) -> None:
    """File the letter of a notice, in the act that sent it. Raises Refused("documents.closed")."""
    file_letter(
        actor=actor,
        dossier=Dossier.objects.get(involvement=sent.involvement),
        letter_pdf=sent.pdf,
        title=_("we have registered you"),
        category=Category.RIGHTS,
        why=_("Article 11: this is how the client was told of the registration."),
        on=sent.on,
        filed_from=sent.letter,
        field_paths=sent.field_paths,
    )
