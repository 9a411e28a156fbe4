"""Art. 11, 13, 16: the jobs that look over the whole house, and those of rooms below the jobs themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from werkcontact.desk import reminders, sweeps
from werkcontact.jobs.run import Job

DEADLINES = Job("deadlines", _("Deadlines and reminders"), reminders.remind, "daily")
LOG_PARTITIONS = Job("log_partitions", _("Months of the access log"), sweeps.make_months, "daily")
VAULT_ORPHANS = Job("vault_orphans", _("Files without a row removed"), sweeps.remove_stray_files, "daily")
OLD_SESSIONS = Job("old_sessions", _("Sessions that ran out removed"), sweeps.remove_old_sessions, "daily")
OWNERLESS_KEYS = Job("ownerless_keys", _("Keys without an owner destroyed"), sweeps.shred_ownerless_keys, "daily")
