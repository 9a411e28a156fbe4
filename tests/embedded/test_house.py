"""What the supervisor decides before anything starts, and (slow) a whole house that is killed and comes back."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools.code import code
from tools.house import health, surroundings
from werkcontact.embedded import Stop

ROOT = Path(__file__).resolve().parent.parent.parent
ADDRESSES = ("DATABASE_URL", "KEYS_DATABASE_URL", "OWNER_DATABASE_URL", "OWNER_KEYS_DATABASE_URL", "REDIS_URL")


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the test session's own servers out of sight."""
    for name in (*ADDRESSES, "SECRET_KEY", "VAULT_KEY_FILE", "VAULT_DIR", "VAR_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


def test_a_database_address_without_its_owners_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://wc_app@db/werkcontact")
    monkeypatch.setenv("KEYS_DATABASE_URL", "postgresql://wc_app@db/keys")
    with pytest.raises(Stop, match="OWNER_DATABASE_URL and OWNER_KEYS_DATABASE_URL must be too"):
        surroundings.databases_given()


@pytest.mark.parametrize(
    ("name", "url"),
    [("DATABASE_URL", "postgresql://wc_app:geheim@localhost:1/x"), ("REDIS_URL", "redis://:geheim@localhost:1/0")],
)
def test_a_server_that_is_away_is_one_sentence_without_its_password(
    monkeypatch: pytest.MonkeyPatch, name: str, url: str
) -> None:
    monkeypatch.setenv(name, url)
    with pytest.raises(Stop, match=rf"^{name} \(localhost\) cannot be reached") as stopped:
        surroundings.check_given()
    assert "geheim" not in str(stopped.value)


def test_only_migrate_gets_the_owners_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ADDRESSES:
        monkeypatch.setenv(name, f"postgresql://{name.lower()}")
    app = surroundings.of_the_app(tmp_path, 8000, None, None)
    assert not any("owner" in value for value in app.values() if value.startswith("postgresql://"))
    owner = surroundings.of_the_owner(app, None)
    assert owner["DATABASE_URL"] == "postgresql://owner_database_url"
    assert owner["KEYS_DATABASE_URL"] == "postgresql://owner_keys_database_url"


def test_secrets_are_made_once_and_for_our_eyes_only(tmp_path: Path) -> None:
    first = surroundings.of_the_app(tmp_path, 8000, None, None)
    kept = {name: Path(first[name]).read_text() for name in ("SECRET_KEY_FILE", "VAULT_KEY_FILE")}
    assert all(re.fullmatch("[0-9a-f]{64}", text) for text in kept.values())
    assert {Path(first[name]).stat().st_mode & 0o777 for name in kept} == {0o600}
    again = surroundings.of_the_app(tmp_path, 8000, None, None)
    assert {name: Path(again[name]).read_text() for name in kept} == kept


def test_a_lost_vault_key_is_not_replaced_by_a_new_one(tmp_path: Path) -> None:
    surroundings.of_the_app(tmp_path, 8000, None, None)
    surroundings.note_of(tmp_path).touch()  # a run got that far
    (tmp_path / "vault.key").unlink()
    with pytest.raises(Stop, match=r"vault\.key is gone"):
        surroundings.of_the_app(tmp_path, 8000, None, None)


def test_every_variable_that_is_read_stands_in_the_example_and_the_reverse() -> None:
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^#?([A-Z][A-Z_]+)=", example, re.MULTILINE))
    reader = re.compile(r'env\.(?:text|flag|number|words|database)\(\s*"([A-Z_]+)"')
    read = set(reader.findall((ROOT / "werkcontact/settings.py").read_text()))
    ours = {*ADDRESSES, "DEMO", "WC_TEST_SERVERS", "WC_REQUIRE_BROWSER"}
    assert named == read | ours


@pytest.mark.parametrize(
    ("at", "expected"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_the_code_of_an_authenticator_is_that_of_rfc_6238(at: int, expected: str) -> None:
    assert code("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", at) == expected


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], tuple[subprocess.Popen[str], int]]]:
    """Start a house of its own in a folder of its own, and wait until it is ready."""
    running: list[subprocess.Popen[str]] = []
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def begin() -> tuple[subprocess.Popen[str], int]:
        env = {**os.environ, "VAR_DIR": str(tmp_path / "the house"), "INSECURE_LOCAL": "1"}
        argv = [sys.executable, "-m", "tools.house", "--port", str(port)]
        process = subprocess.Popen(  # noqa: S603 - ours
            argv, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
        )
        running.append(process)
        said = ""
        assert process.stdout is not None
        while "Stop with Ctrl-C" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        return process, port

    yield begin
    for process in running:
        if process.poll() is None:
            process.terminate()
            process.communicate()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's death signal is Linux's")
def test_a_killed_house_comes_back(start: Callable[[], tuple[subprocess.Popen[str], int]], tmp_path: Path) -> None:
    first, port = start()
    assert health.ask(port, 0).well
    second = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-m", "tools.house", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(tmp_path / "the house")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert f"already running (process {first.pid}, http://localhost:{port})" in second.stdout
    first.kill()
    first.communicate()
    third, _ = start()
    began = time.monotonic()
    third.send_signal(signal.SIGINT)
    said, _ = third.communicate()
    assert third.returncode == 0
    assert "was ended" not in said
    assert time.monotonic() - began < 15
