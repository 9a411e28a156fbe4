"""Art. 9: the pure rule beneath `enter` and `may`. It asks no database and no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from werkcontact.access.table import JOB_ACTS, verdict
from werkcontact.access.verdicts import ANONYMOUS, WIDEST, State, Verdict

# What somebody may do before they have signed the promise of secrecy (art. 7.2).
BEFORE_DECLARING = frozenset({"declaration.record", "account.manage"})
# Whoever has an account and no appointment today stands where an auditor outside a session stands.
WITHOUT_APPOINTMENT = "auditor_out"
# The column of each appointment; a caseworker's and franchisee's depends on their tie to the record.
_BY_TIE = frozenset({"caseworker", "franchisee"})


@dataclass(frozen=True)
class Facts:
    """What the rule needs of a record: its state, this actor's ties to it, and whether they prepared it."""

    state: State = "none"
    ties: frozenset[str] = frozenset()
    own: bool = False


@dataclass(frozen=True)
class Decision:
    """Allowed or not; `rule` is the verdict of the table, `reason` a code for the sentence."""

    allowed: bool
    rule: Verdict
    reason: str


def columns(roles: Iterable[str], facts: Facts) -> frozenset[str]:
    """Return the columns of the table in which somebody with these appointments and ties stands.

    A tie is worth nothing without an appointment: an assignment that outlives its caseworker's own counts as ended,
    and who has no appointment at all stands nowhere.
    """
    roles = frozenset(roles)
    found: set[str] = set()
    if roles and facts.ties & {"assigned", "formerly"}:
        found.add("assigned" if "assigned" in facts.ties and roles & _BY_TIE else "formerly")
    for role in roles:
        if role in _BY_TIE:
            found |= set() if facts.ties & {"assigned", "formerly"} else {"stranger"}
        elif role == "lead":
            found.add("lead" if facts.state == "none" or "lead" in facts.ties else "stranger")
        elif role == "auditor":
            found.add("auditor_in" if "auditor_in" in facts.ties else "auditor_out")
        else:
            found.add(role)
    return frozenset(found) or frozenset({WITHOUT_APPOINTMENT})


def answer(act: str, facts: Facts, stands: Iterable[str]) -> Verdict:
    """Return the widest answer of the columns in which somebody stands."""
    return min((verdict(act, facts.state, column) for column in stands), key=WIDEST.index)


def decide(
    *, roles: frozenset[str], job: str, declared: bool, signed_in: bool, act: str, facts: Facts, purpose: str
) -> Decision:
    """Say whether this act may be done on a record of which these are the facts."""
    if job:
        allowed = job in JOB_ACTS.get(act, ())
        return Decision(allowed, "yes" if allowed else "refused", "" if allowed else "job")
    if not signed_in:
        return Decision(allowed=False, rule="signin", reason=ANONYMOUS)
    rule = answer(act, facts, columns(roles, facts))
    opened = rule == "glass" and "glass" in facts.ties
    if (opened or rule not in {"no", "glass"}) and not declared and act not in BEFORE_DECLARING:
        return Decision(allowed=False, rule="refused", reason="declaration")
    if rule == "second":
        return Decision(not facts.own, rule, "own" if facts.own else "")
    if rule == "purpose":
        return Decision(bool(purpose), rule, "" if purpose else "purpose")
    allowed = opened or rule == "yes"
    return Decision(allowed, rule, "" if allowed else rule)
