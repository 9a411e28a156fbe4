"""The requests of the demo: on time, nearly late and late, in every stage."""

from __future__ import annotations

from werkcontact.demo.cast import Clock


def tell(clock: Clock) -> None:
    """Register and handle them."""
