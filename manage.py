#!/usr/bin/env python3
"""Django's commands. The environment says which servers; `make manage do="..."` takes those of the running house."""

import os
import sys


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkcontact.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
