"""Art. 7.6: by night, work notes end after six weeks, and the keys of whatever text has ended are gone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain

from django.utils.translation import gettext_lazy as _

from dossiers import contents, reports, work_notes
from werkcontact.access import Actor
from werkcontact.jobs.run import Job


def end_work_notes(actor: Actor, today: date) -> Mapping[str, int]:
    """End the notes whose six weeks have passed on `today` (Amsterdam); catch up on keys left by an interruption."""
    ended = work_notes.expire(actor=actor, today=today)
    contents.shred(chain(work_notes.ended_notes(), reports.ended_versions()))
    return {"ended": ended}


WORK_NOTES = Job("work_notes", _("Work notes end after six weeks"), end_work_notes, "daily")
