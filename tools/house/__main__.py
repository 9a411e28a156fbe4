"""`python -m tools.house --port 8000`: bring the house up, watch it, take it down on Ctrl-C."""

from __future__ import annotations

import argparse
import sys

from tools.house.supervisor import House
from tools.house.terminal import say
from werkcontact.embedded import Stop


def main() -> int:
    """Return 0 when it was asked to stop, 1 when a part failed or it could not start."""
    parser = argparse.ArgumentParser(prog="tools.house")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    try:
        return House(port).live()
    except Stop as trouble:
        say(f"\n{trouble}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
