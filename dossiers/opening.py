"""Art. 1.f, 5.2: a dossier is opened with its involvement, in the same transaction, for ten thousand at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from dossiers.models import Dossier
from werkcontact.ids import uuid7
from werkcontact.numbers.take import take
from werkcontact.rulebook.current import rulebook_on
from werkcontact.vault import keys
from werkcontact.vault.keys.kinds import KeyKind

BATCH = 2_000


def open_dossiers(involvements: Sequence[UUID], today: date) -> None:
    """Open a dossier for each involvement: keys first (committed), then numbers in one block, then the rows.

    Called by the act that opens the involvements, in its transaction. `today` is an Amsterdam date: the dossiers are
    opened on it, and kept under the rulebook in force that day. An involvement that has one fails its UNIQUE.
    """
    if not involvements:
        return
    ids = [uuid7() for _ in involvements]
    keys.make(KeyKind.DOSSIER, ids)
    rulebook = rulebook_on(today)
    numbers = take("D", today.year, len(ids))
    Dossier.objects.bulk_create(
        [
            Dossier(id=new, number=number, involvement_id=involvement, rulebook=rulebook, opened_on=today)
            for new, number, involvement in zip(ids, numbers, involvements, strict=True)
        ],
        batch_size=BATCH,
    )


def number_of(involvement: UUID) -> str:
    """The number of an involvement's dossier, for its identity strip; "" when it has none."""
    return Dossier.objects.filter(involvement=involvement).values_list("number", flat=True).first() or ""


def numbers_of(involvements: Collection[UUID]) -> Mapping[UUID, str]:
    """The numbers of the dossiers of these involvements: the reference in their letters."""
    return dict(Dossier.objects.filter(involvement__in=involvements).values_list("involvement_id", "number"))
