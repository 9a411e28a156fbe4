"""Art. 11, 13: the sweep that sends the mails which wait."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from werkcontact.jobs.run import Job
from werkcontact.mail import digests

MAIL = Job("mail", _("Reminders by e-mail"), digests.send, "sweep", digests.is_due)
