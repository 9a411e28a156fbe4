"""A folder that one supervisor holds, and the starting of children that never outlive their lock unnoticed.

Two locks carry everything. `owner.lock` is held by the supervisor alone: there is one. `everyone.lock` is inherited by
every child and grandchild, so the kernel keeps it until the last of them is gone. Whoever wins both knows that nobody
is left, and may remove pid files and sockets without looking at process ids, which may have been given out again.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1
_LONGEST_SOCKET_FOLDER = 80  # sun_path holds 107 bytes, 103 on macOS; names of sockets come behind it
IS_ROOT = os.geteuid() == 0
SERVANT = "nobody"  # PostgreSQL refuses to run as root


class Stop(Exception):  # noqa: N818 - it is what the supervisor does, with the sentence that it says
    """The run cannot go on; the text is one sentence for the person at the terminal."""


def spawn(
    argv: Sequence[str | Path],
    *,
    death: signal.Signals,
    user: str | None = None,
    log: Path | None = None,
    env: Mapping[str, str] | None = None,
    fds: Sequence[int] = (),
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, to which the kernel sends `death` when we die (Linux only).

    Call it from the main thread: the death signal follows the thread that started the child. Output goes to the end of
    `log`, a file, since a pipe would break with its reader.
    """
    me = os.getpid()

    def prepare() -> None:  # runs after setuid, which would clear the death signal
        if _LIBC:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(death), 0, 0, 0)
            if os.getppid() != me:  # we died before the line above
                os._exit(1)

    account = pwd.getpwnam(user) if user else None
    with log.open("ab") if log else open(os.devnull, "wb") as out:  # noqa: PTH123 - a device, not a path of ours
        return subprocess.Popen(  # noqa: S603 - the argument lists are ours
            [str(part) for part in argv],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=dict(env) if env is not None else None,
            cwd=cwd,
            start_new_session=True,
            pass_fds=list(fds),
            preexec_fn=prepare,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )


def stop(process: subprocess.Popen[bytes], by: signal.Signals, patience: float) -> bool:
    """Ask a child to end and wait `patience` seconds; then end its whole group. Return whether it went by itself."""
    if process.poll() is None:
        process.send_signal(by)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        end_group(process)
        return False
    return True


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End a child and all that it started, now."""
    with contextlib.suppress(ProcessLookupError):  # gone already
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(5)


class Folder:
    """A folder with its two locks, its socket folders and its children."""

    def __init__(self, path: Path, *, patience: float = 40, say: Callable[[str], None] = print) -> None:
        """Take the folder; wait up to `patience` seconds for what an earlier, killed run left behind.

        Raises Stop when another supervisor holds it or what was left does not end.
        """
        self.path = path.resolve()
        self.path.mkdir(parents=True, exist_ok=True)
        self._owner = (self.path / "owner.lock").open("a+")
        if not _locked(self._owner.fileno()):
            self._owner.seek(0)
            raise Stop(f"It is already running ({self._owner.read() or 'just starting'}).")
        self._owner.truncate(0)
        self._everyone = (self.path / "everyone.lock").open("a")
        self._wait_for_all(patience, say)
        self.sockets = self._socket_folder()

    def _wait_for_all(self, patience: float, say: Callable[[str], None]) -> None:
        end = time.monotonic() + patience
        said = False
        while not _locked(self._everyone.fileno()):
            if time.monotonic() >= end:
                raise Stop(f"Parts of an earlier run do not end. End them with: kill -9 {' '.join(self._left())}")
            if not said:
                say("Waiting for the last parts of an earlier run to end.")
                said = True
            time.sleep(0.1)

    def _left(self) -> list[str]:
        """Return the ids of the processes that still hold everyone.lock."""
        lock = os.fstat(self._everyone.fileno())
        if not Path("/proc/self/fd").is_dir():
            return [f"$(lsof -t '{self.path}/everyone.lock')"]
        found = set()
        for entry in Path("/proc").glob("[0-9]*/fd/*"):
            try:
                if os.path.samestat(entry.stat(), lock):
                    found.add(entry.parts[2])
            except OSError:
                continue  # it ended, or is somebody else's
        return sorted(found - {str(os.getpid())}, key=int)

    def _socket_folder(self) -> Path:
        """Return a folder for sockets: short, nothing in it that a URL would quote, open to SERVANT."""
        inside = self.path / "s"
        plain = all((c.isalnum() and c.isascii()) or c in "/._-" for c in str(inside))
        if plain and len(bytes(inside)) <= _LONGEST_SOCKET_FOLDER and not IS_ROOT:
            inside.mkdir(mode=0o700, exist_ok=True)
            return inside
        return private_folder("wc-" + hashlib.sha256(bytes(self.path)).hexdigest()[:16])

    def tell(self, text: str) -> None:
        """Write into owner.lock where this run is to be found, for the one who tries to start a second."""
        self._owner.truncate(0)
        self._owner.write(text)
        self._owner.flush()

    def spawn(
        self,
        argv: Sequence[str | Path],
        *,
        death: signal.Signals,
        user: str | None = None,
        log: Path | None = None,
        env: Mapping[str, str] | None = None,
        fds: Sequence[int] = (),
        cwd: Path | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a child that holds everyone.lock; see the function of the same name."""
        return spawn(argv, death=death, user=user, log=log, env=env, fds=[self._everyone.fileno(), *fds], cwd=cwd)

    def close(self) -> None:
        """Give the folder free for the next; only when no child is left."""
        shutil.rmtree(self.sockets, ignore_errors=True)
        self.tell("")
        self._everyone.close()
        self._owner.close()

    def remove(self) -> None:
        """Give the folder up, with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        self.close()


def private_folder(name: str) -> Path:
    """Return a folder of ours below /tmp (short on every machine); nobody else may have made it.

    Everybody may pass through it as root (SERVANT must reach its own folder inside), nobody but us otherwise.
    Raises Stop when the name was taken by somebody else.
    """
    folder = Path("/tmp") / name  # noqa: S108 - owner and kind are checked below
    folder.mkdir(mode=0o755 if IS_ROOT else 0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise Stop(f"{folder} belongs to somebody else; remove it.")
    return folder


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
