from __future__ import annotations

from werkcontact.personal_data import nobody

DECLARATIONS = {"numbers.numberseries": nobody(plain="kind year last")}
