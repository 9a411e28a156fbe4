from __future__ import annotations

from werkcontact.personal_data import nobody

DECLARATIONS = {"jobs.jobrun": nobody(plain="job on daily started_at ended_at state counts error")}
