"""The PostgreSQL and Valkey of `make run` and of the tests: plain children in a folder of ours, no daemon, no TCP.

Standard library and psycopg2 only, no Django: it runs before settings can be read.
"""

from werkcontact.embedded.folder import Folder, Stop, spawn, stop
from werkcontact.embedded.postgres import Postgres
from werkcontact.embedded.valkey import Valkey

__all__ = ["Folder", "Postgres", "Stop", "Valkey", "spawn", "stop"]
