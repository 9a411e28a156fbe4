"""One supervisor for a folder, no child unnoticed, sockets that fit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from werkcontact.embedded import Folder, Stop, spawn, stop
from werkcontact.embedded import folder as module

# Takes a folder, starts a child, says its id and stays.
HOLDER = """
import signal, sys, time
from pathlib import Path
from werkcontact.embedded import Folder
folder = Folder(Path(sys.argv[1]))
child = folder.spawn(["sh", "-c", sys.argv[2]], death=signal.SIGKILL)
print(child.pid, flush=True)
time.sleep(60)
"""


def silent(_text: str) -> None:
    """Say nothing."""


def gone(pid: int, within: float = 3) -> bool:
    """Tell whether a process ends within so many seconds."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        status = Path(f"/proc/{pid}/status")
        if not status.exists() or "\nState:\tZ" in status.read_text():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def hold(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str], int]]:
    """A folder held by another process, with a child whose own child leaves the session."""
    path = tmp_path / "held"
    leaves = "setsid sleep 60 & echo $! > " + str(tmp_path / "grandchild") + "; exec sleep 60"
    argv = [sys.executable, "-c", HOLDER, str(path), leaves]
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ours
    assert process.stdout is not None
    child = int(process.stdout.readline())
    while not (tmp_path / "grandchild").exists() or not (tmp_path / "grandchild").read_text().strip():
        time.sleep(0.01)
    yield path, process, child
    process.kill()
    process.wait()
    process.stdout.close()
    for pid in (child, int((tmp_path / "grandchild").read_text())):
        if not gone(pid, 0):
            os.kill(pid, signal.SIGKILL)


def test_a_second_supervisor_is_told_where_the_first_is(tmp_path: Path) -> None:
    first = Folder(tmp_path)
    first.tell("process 12, http://localhost:8000")
    with pytest.raises(Stop, match=r"already running \(process 12, http://localhost:8000\)"):
        Folder(tmp_path, patience=0)
    first.close()
    Folder(tmp_path, patience=0).close()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's death signal is Linux's")
def test_a_child_dies_with_its_killed_supervisor(hold: tuple[Path, subprocess.Popen[str], int]) -> None:
    _, process, child = hold
    process.kill()
    assert gone(child)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_grandchild_that_lives_on_keeps_the_folder_and_is_named(
    hold: tuple[Path, subprocess.Popen[str], int], tmp_path: Path
) -> None:
    path, process, child = hold
    process.kill()
    assert gone(child)
    grandchild = int((tmp_path / "grandchild").read_text())
    with pytest.raises(Stop, match=rf"kill -9 {grandchild}$"):
        Folder(path, patience=0.2, say=silent)
    os.kill(grandchild, signal.SIGKILL)
    Folder(path, patience=3, say=silent).close()


def test_sockets_lie_on_a_short_plain_path_whatever_the_folder_is_called(tmp_path: Path) -> None:
    folder = Folder(tmp_path / ("map met spaties en é " * 5))
    try:
        assert len(bytes(folder.sockets)) < 80
        assert str(folder.sockets).replace("/", "").replace("-", "").isalnum()
        assert folder.sockets.stat().st_mode & 0o022 == 0
    finally:
        folder.remove()
    assert not folder.path.exists()
    assert not folder.sockets.exists()


def test_a_socket_folder_that_somebody_else_made_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    monkeypatch.setattr(module, "Path", lambda _: tmp_path)
    with pytest.raises(Stop, match="belongs to somebody else"):
        module.private_folder("link")


def test_what_does_not_end_when_asked_is_ended(tmp_path: Path) -> None:
    deaf = "trap '' TERM; echo ready > " + str(tmp_path / "ready") + "; while :; do sleep 0.05; done"
    process = spawn(["sh", "-c", deaf], death=signal.SIGKILL)
    while not (tmp_path / "ready").exists():
        time.sleep(0.01)
    assert not stop(process, signal.SIGTERM, 0.2)
    assert process.poll() == -signal.SIGKILL
    assert stop(spawn(["sleep", "60"], death=signal.SIGKILL), signal.SIGTERM, 5)
