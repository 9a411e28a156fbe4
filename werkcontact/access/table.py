"""Art. 6.2, 6.3, 7, 9, 11-19: THE table. Who may do what, by act, state of the record and tie to it.

Each line is one act on a record in one state. An act and state without a line is "no" for everybody. The whole of it
is compared with the table written by hand from the reglement (tests/data/access-matrix.csv).
"""

from __future__ import annotations

from werkcontact.access.verdicts import COLUMNS, Line, Verdict, client, hidden, house

_STAFF = "assigned formerly stranger lead intake requests archivist disputes research officer directie"
_GUIDE = "assigned lead"  # who guides the client, and their team lead
_REVIEW = "requests disputes officer directie"  # look in for a stated purpose

LINES: tuple[Line, ...] = (
    # 3, 5.1, 9: the registration
    client("client.list", yes=f"{_GUIDE} intake auditor_in", purpose="requests officer directie", no="disputes"),
    client("registration.view", yes=f"{_GUIDE} intake auditor_in", purpose=_REVIEW, glass="stranger"),
    house("registration.create", yes="lead intake"),
    client("registration.edit", yes=f"{_GUIDE} intake"),
    client("registration.history", yes=f"{_GUIDE} intake auditor_in", purpose=_REVIEW),
    client("bsn.reveal", purpose=f"{_GUIDE} intake requests"),
    house("delivery.apply", yes="intake"),
    house("delivery.view", yes="intake"),
    house("principal.edit", yes="directie"),
    client("assignment.give", yes="lead intake directie", no="disputes"),
    client("assignment.end", yes="lead intake directie", no="disputes"),
    client("access.why", yes=f"{_GUIDE} intake auditor_in", purpose=_REVIEW),
    client("access_log.client", yes=f"{_GUIDE} officer directie auditor_in", purpose="requests disputes"),
    house("access_log.staff", purpose="officer", yes="directie"),
    client("shield.set", yes="lead directie"),
    hidden("registration.view", "shielded", yes="assigned", purpose="requests officer directie"),
    hidden("client.list", "shielded", yes="assigned"),
    hidden("registration.view", "destroyed"),
    # 5.2, 7.6: the dossier
    client("document.list", yes=f"{_GUIDE} auditor_in", purpose=_REVIEW, glass="stranger"),
    client("document.read", yes=f"{_GUIDE} auditor_in", purpose=_REVIEW, glass="stranger"),
    client("document.read_health", yes="assigned", purpose="requests disputes", glass="stranger"),
    client("document.add", yes=_GUIDE),
    client("document.revise", yes=_GUIDE),
    client("work_note.read_own", yes=_GUIDE),
    client("work_note.read_others"),
    client("work_note.write", yes=_GUIDE),
    client("work_note.drop", yes=f"{_GUIDE} formerly"),
    client("report.write", yes=_GUIDE),
    client("report.finalise", yes=_GUIDE),
    # 7: what leaves
    client("consent.record", yes=_GUIDE),
    client("consent.withdraw", yes=f"{_GUIDE} intake", purpose="requests disputes directie"),
    client("consent.view", yes=f"{_GUIDE} auditor_in", purpose=_REVIEW, glass="stranger"),
    client("disclosure.give", yes=_GUIDE),
    client("disclosure.deliver", yes=_GUIDE),
    client("disclosure.decide_urgent", second="directie"),
    client("disclosure.ledger", yes=f"{_GUIDE} auditor_in", purpose=_REVIEW),
    house("recipient.edit", yes="assigned formerly stranger lead intake requests archivist disputes directie"),
    # 11: notices
    client("notice.send", yes=f"{_GUIDE} intake"),
    client("notice.known", yes=f"{_GUIDE} intake"),
    client("notice.except", second="directie"),
    # 12-15: requests
    house("request.register", yes=_STAFF),
    client("request.view", yes=f"{_GUIDE} requests officer directie auditor_in", purpose="disputes"),
    client("request.handle", yes="requests"),
    client("request.decide_second", second="requests directie"),
    client("request.decide_own_note", yes=f"{_GUIDE} formerly"),
    client("request.link", yes="requests"),
    house("request.assign", yes="requests directie"),
    hidden("request.view", "none", yes="requests officer directie", purpose="disputes"),
    hidden("request.handle", "none", yes="requests", refused="disputes officer directie"),
    hidden("request.decide_second", "none", second="requests directie", refused="disputes officer"),
    hidden("request.view", "archived", yes="requests archivist disputes officer directie"),
    hidden("request.handle", "archived", yes="requests", refused="archivist disputes officer directie"),
    hidden("request.collect", "archived", yes="archivist disputes", refused="requests"),
    hidden("request.decide_second", "archived", second="archivist disputes", refused="requests"),
    hidden("request.link", "archived", yes="archivist disputes"),
    client("correction.apply", yes="requests"),
    client("correction.tell", yes="requests"),
    hidden("correction.apply", "archived", yes="archivist disputes", refused="requests"),
    hidden("correction.tell", "archived", yes="requests", refused="archivist disputes"),
    # 17: complaints
    house("complaint.register", yes=_STAFF),
    house("complaint.handle", yes="disputes directie"),
    # 6: the end
    client("closure.close", yes=_GUIDE),
    hidden("closure.undo", "archived", second="directie", refused="archivist disputes"),
    hidden("archive.find", "archived", yes="archivist", purpose="disputes research"),
    hidden("archive.read", "archived", purpose="archivist disputes research"),
    hidden("archive.read_health", "archived", purpose="archivist disputes", refused="research"),
    hidden("archive.disclose", "archived", purpose="archivist", refused="disputes research"),
    hidden("archive.break_glass", "archived"),
    hidden("archive.read", "destroyed"),
    client("hold.place", yes=f"{_GUIDE} requests disputes directie"),
    hidden("hold.place", "archived", yes="archivist disputes directie", refused="research"),
    house("hold.decide", second="archivist disputes directie"),
    house("hold.release", second="archivist disputes directie"),
    hidden("destruction.check", "archived", yes="archivist", refused="disputes research directie"),
    house("destruction.approve", second="directie"),
    house("destruction.confirm_clock", second="directie"),
    house("statement.view", yes="archivist disputes officer directie"),
    # 9, 16, 19: the house itself
    house("break_glass.review", second="directie"),
    house("supervised.open", yes="directie"),
    house("appointment.give", second="directie"),
    house("staff.edit", yes="directie"),
    house("rulebook.adopt", second="directie"),
    house("rulebook.view", yes="all"),
    house("key.issue", yes="directie"),
    house("research.decide", second="directie"),
    house("statistics.view", yes="lead requests officer directie"),
    house("breach.report", yes=f"{_STAFF} technical"),
    house("breach.handle", yes="directie"),
    house("declaration.record", yes=f"{_STAFF} technical"),
    house("jobs.view", yes="archivist officer directie technical"),
    house("home.view", yes="all"),
    house("account.manage", yes="all"),
)

# Acts of jobs: which job may do what by itself.
JOB_ACTS: dict[str, frozenset[str]] = {
    "delivery.apply": frozenset({"delivery_apply"}),
    "delivery.end": frozenset({"delivery_end"}),
    "deadline.remind": frozenset({"deadlines"}),
    "clocks.rebuild": frozenset({"clocks"}),
    "work_note.expire": frozenset({"work_notes"}),
    "mail.send": frozenset({"mail"}),
    "notice.send": frozenset({"notices_filed"}),  # files what was sent
    "appointment.give": frozenset({"create_director"}),  # the first of the house, from the command line
}

_VERDICTS: dict[tuple[str, str], dict[str, Verdict]] = {(line.act, line.state): dict(line.verdicts) for line in LINES}
ACTS = frozenset(line.act for line in LINES)
assert len(_VERDICTS) == len(LINES)  # noqa: S101 - two lines for one act and state would hide one of them


def verdict(act: str, state: str, column: str) -> Verdict:
    """Return the answer for one column; "no" when the table has no line."""
    return _VERDICTS.get((act, state), {}).get(column, "no")


def is_second(act: str) -> bool:
    """Whether an act is a second person's: never over what they prepared themselves."""
    return any("second" in verdicts.values() for (line_act, _state), verdicts in _VERDICTS.items() if line_act == act)


def states_of(act: str) -> frozenset[str]:
    """Return the states for which the table has a line of this act."""
    return frozenset(state for line_act, state in _VERDICTS if line_act == act)


def columns_with(act: str, state: str, *answers: Verdict) -> frozenset[str]:
    """Return the columns that have one of these answers."""
    return frozenset(column for column in COLUMNS if verdict(act, state, column) in answers)
