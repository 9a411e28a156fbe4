"""The migrated template databases of a test session: made once, kept as a stopped cluster for the next session.

The key of the kept cluster is a hash of all that migrations are or read, so that an old one is never taken for new.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from werkcontact.embedded import Postgres
from werkcontact.embedded.postgres import NAMES

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("werkcontact", "clients", "dossiers", "requests_app")
KEPT = ROOT / "var" / "test-clusters"
KEEP = 3  # the newest, so that going back and forth between branches stays quick
PLAIN = {
    "DEBUG": "0",
    "INSECURE_LOCAL": "1",
    "SECRET_KEY": "only-for-tests-and-never-for-anything-else",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "BASE_URL": "http://testserver",
    "EMAIL_URL": "",
    "TRUSTED_PROXY_COUNT": "0",
}


def start_migrated(postgres: Postgres) -> None:
    """Start the cluster with both templates migrated, from the kept copy when there is one for these migrations."""
    kept = KEPT / _key()
    if kept.is_dir():
        with contextlib.suppress(OSError):  # another session removed it meanwhile
            os.utime(kept)
            shutil.copytree(kept, postgres.data)
            postgres.take_over()
            postgres.start()
            return
        shutil.rmtree(postgres.data, ignore_errors=True)
    postgres.start()
    postgres.prepare()
    _migrate(postgres)
    for name in NAMES:
        postgres.run(f'alter database "{name}" is_template true allow_connections false')
    postgres.stop(signal.SIGINT)
    _keep(postgres.data, kept)
    postgres.start()


def _migrate(postgres: Postgres) -> None:
    """Migrate both databases as their owner, side by side."""
    owner = {
        "DATABASE_URL": postgres.url("wc_owner", NAMES[0]),
        "KEYS_DATABASE_URL": postgres.url("wc_owner", NAMES[1]),
    }
    surroundings = {**os.environ, **PLAIN, **owner, "REDIS_URL": "redis://localhost:1/0"}
    running = [
        subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "manage.py", "migrate", *what, "--no-input", "--verbosity=0"],
            cwd=ROOT,
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for what in ([], ["keys", "--database=keys"])  # the other database has that one app
    ]
    ended = [(process.communicate()[0], process.returncode) for process in running]
    for said, code in ended:
        if code:
            raise pytest.UsageError(f"The test databases could not be migrated:\n{said.decode()[-6000:]}")


def _keep(data: Path, kept: Path) -> None:
    """Copy the stopped cluster beside and give it its name at once; drop the oldest."""
    KEPT.mkdir(parents=True, exist_ok=True)
    making = KEPT / f"new-{uuid.uuid4().hex}"
    shutil.copytree(data, making)
    try:
        making.rename(kept)
    except OSError:
        shutil.rmtree(making)  # another session was quicker
    others = sorted(KEPT.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[KEEP:]:
        shutil.rmtree(path, ignore_errors=True)


def _key() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(set(_sources())):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def _sources() -> Iterator[Path]:
    """Yield every file that migrations are, import or may read: all that is not Python counts as read."""
    yield from (
        ROOT / "requirements/test.txt",
        ROOT / "manage.py",
        Path(__file__),
        Path(__file__).with_name("servers.py"),
    )
    yield from (ROOT / "werkcontact").glob("*.py")
    yield from (ROOT / "werkcontact/embedded").glob("*.py")
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*"):
            if path.suffix == ".pyc" or not path.is_file():
                continue
            if path.suffix != ".py":
                yield path
            elif path.parent.name in {"migrations", "models"} or path.name in {"models.py", "apps.py"}:
                yield path
                yield from _imported(path)


def _imported(path: Path) -> Iterator[Path]:
    """Yield the modules of ours that a migration, model or app configuration imports."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.partition(".")[0] in PACKAGES:
                place = ROOT / Path(*name.split("."))
                yield from (file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file())
