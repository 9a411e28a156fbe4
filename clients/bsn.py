"""UAVG 46: the BSN, which is masked until somebody asks for it with a purpose; asking is an act of its own."""

from __future__ import annotations

from clients.models import Involvement, Registration
from clients.registered import bsns_of
from werkcontact.access import Absent, Actor, act
from werkcontact.ui.words import mask_bsn


def masked(registration: Registration) -> str:
    """Return the BSN with only its last three digits, or nothing when there is none."""
    return mask_bsn(_bsn(registration))


def reveal(*, actor: Actor, involvement: Involvement, purpose: str) -> str:
    """Return the BSN; logged as bsn.reveal with its purpose.

    Raises PurposeNeeded without one, Absent when there is no BSN, and what the gate raises.
    """
    with act(actor, "bsn.reveal", involvement, kind="read", purpose=purpose):
        bsn = _bsn(involvement.registration)
        if not bsn:
            raise Absent
    return bsn


def _bsn(registration: Registration) -> str:
    found = bsns_of([(registration.pk, registration.bsn_cipher)])
    return found.get(registration.pk, "")
