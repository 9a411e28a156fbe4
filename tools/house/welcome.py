"""What the terminal shows when the house is up: where it is, who one can be, what to try first."""

from __future__ import annotations

from pathlib import Path

from tools.house.terminal import say

FIRST = """\
What to try first
  1. Sign in as intake and take in a delivery: tests/data/aanlevering-uwv.csv, for UWV.
  2. Sign in as a caseworker: the clients of others do not exist for them.
  3. Sign in as a request handler: a request for inspection, item by item, until the overview is sent.
  4. Sign in as the directie: what waits for a decision, what is late, what the jobs did."""


def has_demo(root: Path) -> bool:
    """Tell whether this product has the command that makes demo data."""
    return any(root.glob("werkcontact/**/management/commands/demo.py"))


def greet(port: int, accounts: Path, seconds: float) -> None:
    """Say it."""
    say(f"\nWerkcontact is up ({seconds:.0f} s): http://localhost:{port}\n")
    if accounts.exists() and (text := accounts.read_text(errors="replace").rstrip()):
        say(text)
        say("\nThe present code of an authenticator secret: python3 tools/code.py SECRET\n")
        say(FIRST)
    say('\nAnother terminal: make manage do="create_director" (any of Django\'s commands), make shell')
    say("Stop with Ctrl-C. Data, logs and secrets are in var/.")
