"""One process that holds the house: it starts the parts in order, watches them, and stops them in the other order.

Nothing is started again here: gunicorn and Celery replace their own children. A part that ends by itself ends the
whole, with its name and the end of its log; all work that was under way stands in the database and goes on at the next
start. One thread only: the death signal of a child follows the thread that started it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from tools.house import health, surroundings, welcome
from tools.house.terminal import say
from tools.mo import compile_messages
from werkcontact.embedded import Folder, Postgres, Stop, Valkey
from werkcontact.embedded.folder import end_group
from werkcontact.embedded.postgres import tail

ROOT = Path(__file__).resolve().parent.parent.parent
LOOK_SECONDS = 0.2
HEALTH_SECONDS = 10
READY_SECONDS = 60
LONGEST_LOG_BYTES = 10 * 1024**2


class Asked(Exception):  # noqa: N818 - not an error: somebody pressed Ctrl-C
    """It was asked to stop while starting."""


@dataclass
class Part:
    """A child that must live as long as the house."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    patience: float  # seconds to end by itself after SIGTERM

    def ended(self) -> str:
        """Return how it ended, or nothing while it lives."""
        code = self.process.poll()
        if code is None:
            return ""
        return f"by signal {signal.Signals(-code).name}" if code < 0 else f"with status {code}"


class House:
    """The run of `make run`."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.var = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
        self.logs = self.var / "log"
        self.asked = 0
        self.parts: list[Part] = []
        self.commands: list[subprocess.Popen[bytes]] = []
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None
        self.app: dict[str, str] = {}
        self.folder: Folder
        self.line: socket.socket

    def live(self) -> int:
        """Start, watch and stop; return the exit status. Raises Stop when another house holds the folder."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._count)
        self.folder = Folder(self.var, say=say)
        try:
            self._start()
            return self._watch()
        except Asked:
            return 0
        except Stop as trouble:
            say(f"\n{trouble}")
            return 1
        finally:
            self._stop()

    def _count(self, _number: int, _frame: FrameType | None) -> None:
        self.asked += 1

    def _start(self) -> None:
        began = time.time()
        self.folder.tell(f"process {os.getpid()}, http://localhost:{self.port}")
        self.line = self._bind()
        shutil.rmtree(self.var / "tmp", ignore_errors=True)
        self._put_aside_long_logs()
        for folder in (self.logs, *(self.var / name for name in ("tmp", "vault", "static"))):
            folder.mkdir(mode=0o700, exist_ok=True)
        compile_messages(ROOT / "locale")
        self._start_servers()
        self._migrate()
        if self.postgres or os.environ.get("DEMO") == "1":
            self._make_demo()
        since = int(time.time())
        self._start_parts()
        accounts = self._command("accounts", "demo", "--accounts") if welcome.has_demo(ROOT) else None
        self._wait_until_ready(since)
        if accounts:
            self._finish(accounts)
        welcome.greet(self.port, self.logs / "accounts.log", time.time() - began)

    def _bind(self) -> socket.socket:
        """Take the port before anything starts; web inherits it, so nobody can come between."""
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind(("127.0.0.1", self.port))
        except OSError as error:
            raise Stop(
                f"Port {self.port} cannot be had ({error.strerror}). Another: make run PORT={self.port + 1}"
            ) from error
        line.listen(128)
        return line

    def _put_aside_long_logs(self) -> None:
        for log in (*self.logs.glob("*.log"), *self.var.glob("*.log")):
            if log.stat().st_size > LONGEST_LOG_BYTES:
                log.replace(log.with_suffix(".log.1"))

    def _start_servers(self) -> None:
        own = surroundings.databases_given()
        surroundings.check_given()
        if not own:
            if not (self.var / "postgres").exists():
                say("First start: making the databases and the demo data, a minute at most.")
            self.postgres = Postgres(self.folder)
            self.postgres.start()
            self.postgres.prepare()
        if not surroundings.given("REDIS_URL"):
            self.valkey = Valkey(self.folder)
            self.valkey.start()
        self.app = surroundings.of_the_app(self.var, self.port, self.postgres, self.valkey)
        note = surroundings.note_of(self.var)
        note.touch(mode=0o600)
        note.write_text(json.dumps({name: v for name, v in self.app.items() if os.environ.get(name) != v}, indent=1))

    def _command(self, name: str, *arguments: str, env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start one of Django's commands; its output replaces the log of that name."""
        log = self.logs / f"{name}.log"
        log.unlink(missing_ok=True)
        argv = [sys.executable, "manage.py", *arguments]
        self.commands.append(self.folder.spawn(argv, death=signal.SIGKILL, env=env or self.app, log=log, cwd=ROOT))
        return self.commands[-1]

    def _finish(self, process: subprocess.Popen[bytes]) -> int:
        while (code := process.poll()) is None:
            self._rest()
        return code

    def _rest(self) -> None:
        if self.asked:
            raise Asked
        time.sleep(LOOK_SECONDS / 2)

    def _migrate(self) -> None:
        owner = surroundings.of_the_owner(self.app, self.postgres)
        commands = {"default": ["migrate"], "keys": ["migrate", "keys", "--database=keys"]}  # that one app is there
        running = {
            alias: self._command(f"migrate-{alias}", *command, "--no-input", env=owner)
            for alias, command in commands.items()
        }
        for alias, process in running.items():
            if self._finish(process):
                raise Stop(f"The database {alias} could not be migrated:\n{tail(self.logs / f'migrate-{alias}.log')}")

    def _make_demo(self) -> None:
        """Make the demo data once. When that fails the house stands without; the next start tries again."""
        marker = self.var / "demo-made"
        if marker.exists() or not welcome.has_demo(ROOT):
            return
        say("Making the demo data.")
        if self._finish(self._command("demo", "demo")):
            say(f"The demo data could not be made:\n{tail(self.logs / 'demo.log')}")
            return
        marker.touch()

    def _start_parts(self) -> None:
        python, log = [sys.executable, "-m"], self.logs
        web = [*python, "gunicorn", "werkcontact.wsgi", "--bind", f"fd://{self.line.fileno()}"]
        celery = [*python, "celery", "-A", "werkcontact"]
        worker = [*celery, "worker", "--loglevel", "INFO"]
        beat = [*celery, "beat", "--loglevel", "INFO", "--schedule", str(self.var / "beat"), "--pidfile="]
        # SIGQUIT is Celery's soft shutdown: what is under way gets its seconds, then goes back to the queue.
        soft = self.app | {"REMAP_SIGTERM": "SIGQUIT"}
        kinds = (("web", web, self.app, 15), ("worker", worker, soft, 10), ("beat", beat, self.app, 5))
        for name, argv, env, patience in kinds:
            fds = [self.line.fileno()] if name == "web" else []
            process = self.folder.spawn(argv, death=signal.SIGKILL, env=env, log=log / f"{name}.log", fds=fds, cwd=ROOT)
            self.parts.append(Part(name, process, log / f"{name}.log", patience))
        self.line.close()
        for name, server in (("postgres", self.postgres), ("valkey", self.valkey)):
            if server and server.process:
                self.parts.append(Part(name, server.process, server.log, 0))

    def _wait_until_ready(self, since: int) -> None:
        end = time.monotonic() + READY_SECONDS
        while not (found := health.ask(self.port, since)).well:
            if self._fallen():
                raise Stop("It did not come up.")
            if time.monotonic() > end:
                raise Stop(
                    f"It does not come up within {READY_SECONDS} seconds; {self.logs} may tell why.\n{found.words}"
                )
            self._rest()

    def _watch(self) -> int:
        """Look at each part until one ends or we are asked to stop; say it when health changes."""
        well, asked_at = True, time.monotonic()
        while not self.asked:
            time.sleep(LOOK_SECONDS)
            if self._fallen():
                return 1
            if time.monotonic() - asked_at > HEALTH_SECONDS:
                found, asked_at = health.ask(self.port, 0), time.monotonic()
                if found.well != well:
                    say("All parts answer again." if found.well else f"Not all parts answer:\n{found.words}")
                well = found.well
        return 0

    def _fallen(self) -> bool:
        for part in self.parts:
            if how := part.ended():
                say(f"\n{part.name} ended {how}. The end of its log ({part.log}):\n{tail(part.log)}")
                return True
        return False

    def _stop(self) -> None:
        """Web, worker and beat first, together; then the servers, which get their time even at a second Ctrl-C."""
        started = bool(self.postgres or self.valkey or self.parts)
        if started:
            say("\nStopping.")
        for command in self.commands:
            if command.poll() is None:
                end_group(command)
        self._stop_parts([part for part in self.parts if part.patience])
        for name, server in (("PostgreSQL", self.postgres), ("Valkey", self.valkey)):
            if server and not server.stop():
                say(f"{name} did not end by itself and was ended; it repairs itself at the next start.")
        self.folder.close()
        if started:
            say("Stopped. Everything is kept; make run goes on from here.")

    def _stop_parts(self, parts: list[Part]) -> None:
        for part in parts:
            with contextlib.suppress(ProcessLookupError):
                part.process.terminate()
        began, before = time.monotonic(), self.asked
        while left := [part for part in parts if not part.ended()]:
            for part in left:
                if time.monotonic() - began > part.patience or self.asked > before:
                    end_group(part.process)
                    say(f"{part.name} did not end by itself and was ended; its work goes on at the next start.")
            time.sleep(0.05)
