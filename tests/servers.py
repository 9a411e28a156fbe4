"""The pytest plugin that gives each session a PostgreSQL and a Valkey of its own, and each process its own databases.

Loaded by `-p tests.servers` (pyproject.toml), so before pytest-django reads the settings: tests have no settings of
their own, only an environment. The controller starts the servers and migrates the template databases as the owner;
it and each xdist worker clone them, and connect as the application's role. WC_TEST_SERVERS=0 starts nothing, for tests
that need no database.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests import template
from werkcontact.embedded import Folder, Postgres, Stop, Valkey
from werkcontact.embedded.postgres import clone

ROOT = Path(__file__).resolve().parent.parent
DATABASES = {"DATABASE_URL": "werkcontact", "KEYS_DATABASE_URL": "keys"}
# Losing everything at a crash is what these servers are for.
QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "autovacuum=off"]
ENOUGH_BYTES = 2 * 1024**3
PREFIX = f"wc-test-{os.getuid()}-"


def number() -> int:
    """Return this process's number: 0 without xdist and for its controller, then 1, 2, ..."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    return int(worker.removeprefix("gw")) + 1 if worker else 0


def fresh_databases() -> None:
    """Give this process both databases as they were when they had just been migrated."""
    for name in DATABASES.values():
        clone(os.environ["TEST_SUPERUSER_URL"], name, f"{name}_{number()}")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Start the servers, or find those of the controller, and name this process's own in the environment."""
    use_surroundings()
    if os.environ.get("WC_TEST_SERVERS") != "0":
        if not number():
            early_config.add_cleanup(start())
        for variable, name in DATABASES.items():
            os.environ[variable] = os.environ["TEST_POSTGRES_URL"].format(role="wc_app", db=f"{name}_{number()}")
        os.environ["REDIS_URL"] = f"{os.environ['TEST_VALKEY_URL']}?db={number()}"
        os.environ["VAULT_DIR"] = f"{os.environ['TEST_HOME']}/vault-{number()}"
        fresh_databases()
    return (yield)


def use_surroundings() -> None:
    """Set what the settings ask for and no server decides."""
    for name in [
        name for name in os.environ if name.endswith("_FILE") and name.removesuffix("_FILE") in template.PLAIN
    ]:
        del os.environ[name]
    os.environ.update(template.PLAIN)


def start() -> Callable[[], None]:
    """Start both servers with migrated templates in memory, export where they are, and return what ends it all."""
    home = Path("/dev/shm")  # noqa: S108 - a folder with our name and a lock, made 0700
    if not (os.access(home, os.W_OK) and shutil.disk_usage(home).free > ENOUGH_BYTES):
        home = Path(tempfile.gettempdir())
    _remove_left_behind(home)
    path = home / f"{PREFIX}{os.getpid()}"
    path.mkdir(mode=0o700)
    folder = Folder(path, patience=0)
    os.environ["TEST_HOME"] = os.environ["VAR_DIR"] = str(path)
    (path / "static").mkdir()
    os.environ["VAULT_DIR"] = str(path / "vault-0")
    os.environ["VAULT_KEY_FILE"] = str(path / "vault.key")
    (path / "vault.key").touch(mode=0o600)
    (path / "vault.key").write_text(os.urandom(32).hex())
    postgres = Postgres(folder, options=[part for option in QUICK for part in ("-c", option)])
    valkey = Valkey(folder, keep=False)

    def end() -> None:
        for server in (valkey, postgres):
            server.stop(signal.SIGQUIT if server is postgres else signal.SIGKILL, 5)
        folder.remove()

    try:
        valkey.start()
        template.start_migrated(postgres)
    except BaseException:
        end()
        raise
    os.environ["TEST_SUPERUSER_URL"] = postgres.url("postgres", "postgres")
    os.environ["TEST_POSTGRES_URL"] = postgres.url("{role}", "{db}")
    os.environ["TEST_VALKEY_URL"] = valkey.url().partition("?")[0]
    return end


def _remove_left_behind(home: Path) -> None:
    """Remove the folders of sessions that were killed."""
    for path in home.glob(f"{PREFIX}*"):
        if _alive(int(path.name.removeprefix(PREFIX))):
            continue
        try:
            Folder(path, patience=0, say=lambda _: None).remove()
        except (Stop, OSError):
            continue  # its last children are still ending; the next session will


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Worker:
    """A real Celery worker on this process's own databases and broker."""

    def __init__(self) -> None:
        self.log = Path(os.environ["TEST_HOME"]) / f"worker-{number()}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def up(self) -> subprocess.Popen[bytes]:
        """Start it when it is not there, and wait until it has done its first task."""
        if self.process and self.process.poll() is None:
            return self.process
        from werkcontact.embedded import spawn

        started = time.time()
        argv = [sys.executable, "-m", "celery", "-A", "werkcontact", "worker", "--loglevel", "INFO"]
        self.process = spawn(argv, death=signal.SIGKILL, log=self.log, cwd=ROOT)
        while not self._seen(started):
            if self.process.poll() is not None or time.time() > started + 60:
                pytest.fail(f"The worker does not come up:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.05)
        return self.process

    def _seen(self, since: float) -> bool:
        from django.core.cache import cache

        return float(cache.get("seen:worker", 0)) >= since

    def forget_messages(self) -> None:
        """Delete what waits and what was under way; not FLUSHDB, kombu's bindings live there too."""
        import redis

        with redis.Redis.from_url(os.environ["REDIS_URL"]) as server:
            server.delete("celery", "unacked", "unacked_index")

    def down(self) -> None:
        """End it and its pool, now."""
        if self.process:
            from werkcontact.embedded.folder import end_group

            end_group(self.process)
            self.process = None
