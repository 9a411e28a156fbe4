"""The virtual environment is as the lock file says, or is built anew."""

from __future__ import annotations

import fcntl
import sys
from pathlib import Path

import pytest

from tools import bootstrap


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A checkout with lock files; what would be installed is written down instead."""
    installed: list[str] = []
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "HOME", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv/.stamp")
    monkeypatch.setattr(bootstrap, "LOCKS", {name: tmp_path / f"{name}.txt" for name in ("run", "test")})
    monkeypatch.delenv("VAR_DIR", raising=False)
    for path in bootstrap.LOCKS.values():
        path.write_text(path.name)

    def install(wanted: str, _lock: int) -> bool:
        installed.append(wanted)
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        (bootstrap.HOME / "lib" / version / "site-packages").mkdir(parents=True, exist_ok=True)
        (bootstrap.HOME / "bin").mkdir(exist_ok=True)
        bootstrap.PYTHON.touch()
        if wanted == "test":
            (bootstrap.HOME / "bin/pytest").touch()
        return True

    monkeypatch.setattr(bootstrap, "_by_uv", lambda _wanted, _lock: False)
    monkeypatch.setattr(bootstrap, "_by_pip", install)
    return installed


def test_nothing_is_installed_twice(place: list[str]) -> None:
    assert [bootstrap.main(["run"]), bootstrap.main(["run"])] == [0, 0]
    assert place == ["run"]


def test_the_test_set_also_runs_the_house(place: list[str]) -> None:
    bootstrap.main(["run"])
    bootstrap.main(["test"])
    bootstrap.main(["run"])
    assert place == ["run", "test"]


def test_a_changed_lock_or_a_missing_stamp_builds_anew(place: list[str]) -> None:
    bootstrap.main(["test"])
    bootstrap.LOCKS["test"].write_text("changed")
    bootstrap.main(["run"])
    bootstrap.STAMP.unlink()  # as after a kill -9
    bootstrap.main(["test"])
    assert place == ["test", "test", "test"]


def test_a_running_house_keeps_its_packages(place: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    (bootstrap.ROOT / "var").mkdir()
    with (bootstrap.ROOT / "var/owner.lock").open("a") as owner:
        fcntl.flock(owner, fcntl.LOCK_EX)
        assert bootstrap.main(["run"]) == 1
    assert place == []
    assert "stop it first" in capsys.readouterr().err


def test_both_ways_failing_is_said(
    place: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "_by_pip", lambda _wanted, _lock: False)
    assert bootstrap.main(["run"]) == 1
    assert not bootstrap.STAMP.exists()
    assert "could not be installed" in capsys.readouterr().err
