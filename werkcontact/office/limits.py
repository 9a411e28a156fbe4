"""Art. 9, 16: how long a session lasts: 15 minutes without activity, and 10 hours at most."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

_SIGNED_IN_AT = "signed_in_at"
_SEEN_AT = "seen_at"
# The session is written at most once in this time, so "15 minutes" may be a few seconds short.
_PRECISION = timedelta(seconds=20)


def start(session: SessionBase, now: datetime) -> None:
    """Begin both clocks; at signing in."""
    session[_SIGNED_IN_AT] = session[_SEEN_AT] = now.timestamp()


def has_ended(session: SessionBase, now: datetime) -> bool:
    """Whether either clock has run out at this (aware) moment."""
    return now >= ends_at(session, now)


def touch(session: SessionBase, now: datetime) -> None:
    """Note that somebody is there."""
    session.setdefault(_SIGNED_IN_AT, now.timestamp())
    if now - _moment(session, _SEEN_AT, datetime.min.replace(tzinfo=UTC)) > _PRECISION:
        session[_SEEN_AT] = now.timestamp()


def ends_at(session: SessionBase, now: datetime) -> datetime:
    """When this session ends, if nothing more is done in it."""
    idle = _moment(session, _SEEN_AT, now) + timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    longest = _moment(session, _SIGNED_IN_AT, now) + timedelta(seconds=settings.SESSION_LONGEST_SECONDS)
    return min(idle, longest)


def _moment(session: SessionBase, key: str, default: datetime) -> datetime:
    stored = session.get(key)
    return default if stored is None else datetime.fromtimestamp(stored, UTC)
