from __future__ import annotations

from werkcontact.personal_data import nobody

DECLARATIONS = {
    "rulebook.rulebook": nobody(plain="label in_force_on text rules purposes"),
    "rulebook.decreeday": nobody(plain="decree withdrawn"),
}
