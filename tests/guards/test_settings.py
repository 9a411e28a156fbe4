"""The settings come from the environment alone, all of it named; what is insecure is refused; logs quote nobody."""

from __future__ import annotations

import ast
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction

from werkcontact import env
from werkcontact.quiet_log import Formatter

ROOT = Path(settings.BASE_DIR)
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
NAMED = set(re.findall(r"^#?([A-Z][A-Z_]+)=", EXAMPLE, re.M))
READERS = {"env.text", "env.flag", "env.number", "env.words", "env.database"}


def read_names() -> Iterator[str]:
    """Every variable that the settings read."""
    for node in ast.walk(ast.parse((ROOT / "werkcontact/settings.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in READERS and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value)


def test_the_example_names_every_variable_that_is_read() -> None:
    names = set(read_names())
    assert len(names) > 20
    assert names - NAMED == set()


def test_the_example_names_nothing_that_nobody_reads() -> None:
    places = ("werkcontact", "tests", "tools", "manage.py", "gunicorn.conf.py", "Makefile", ".ci/run")
    files = [
        file for place in places for file in ([ROOT / place] if (ROOT / place).is_file() else (ROOT / place).rglob("*"))
    ]
    text = "".join(
        file.read_text(encoding="utf-8", errors="ignore")
        for file in files
        if file.is_file() and file.suffix in {".py", "", ".conf"} and file != Path(__file__)
    )
    assert {name for name in NAMED if not re.search(rf"\b{name}\b", text)} == set()


# What a test of settings names itself, and what the browser tests of this process set for themselves.
OURS = {"DEBUG", "INSECURE_LOCAL", "SECRET_KEY", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def check(*deploy: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    argv = [sys.executable, "manage.py", "check", *deploy, "--fail-level", "INFO"]
    return subprocess.run(argv, cwd=ROOT, env={**kept, **surroundings}, capture_output=True, text=True, check=False)  # noqa: S603


def test_with_debug_off_no_default_or_short_secret_starts() -> None:
    for secret in ({}, {"SECRET_KEY": "insecure-only-for-a-local-try"}, {"SECRET_KEY": "kort"}):
        refused = check(**secret)
        assert refused.returncode != 0
        assert "at least 32 characters" in refused.stderr


def test_production_is_clean_for_djangos_own_check() -> None:
    done = check("--deploy", SECRET_KEY="aB3$xyz9" * 8, CONTROLLER_ADDRESS="Kade 1")
    assert done.returncode == 0, done.stderr


def test_no_letter_goes_out_with_the_address_of_the_example_unsaid() -> None:
    done = check("--deploy", SECRET_KEY="aB3$xyz9" * 8)
    assert "mail.W001" in done.stderr


def test_a_secret_may_be_a_file_and_never_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("geheim\n")
    monkeypatch.setenv("PROOF_FILE", str(tmp_path / "secret"))
    assert env.text("PROOF") == "geheim"
    monkeypatch.setenv("PROOF", "")
    with pytest.raises(ImproperlyConfigured, match="both"):
        env.text("PROOF")
    monkeypatch.delenv("PROOF")
    monkeypatch.setenv("PROOF_FILE", str(tmp_path / "geen"))
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        env.text("PROOF")


def _written(error: BaseException, message: str = "task failed", args: Any = ()) -> str:
    record = logging.LogRecord("proof", logging.ERROR, "", 0, message, args, (type(error), error, error.__traceback__))
    return Formatter("{message}", style="{").format(record)


@pytest.mark.django_db
def test_no_log_quotes_the_row_that_a_wall_refused() -> None:
    error: BaseException
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "insert into clients_client (id, surname, sort_name, search_name) values (uuid7(), 'Jansen', '', '')"
            )
    except IntegrityError as refused:
        error = refused
    assert "Jansen" in str(error)
    for args in ((), ({"exc": repr(error), "traceback": str(error)},)):
        said = _written(error, "failed: %(exc)s" if args else "failed", args)
        assert "Jansen" not in said
        assert "IntegrityError" in said
        assert "test_settings.py" in said


def test_the_root_log_is_written_by_it() -> None:
    written = [handler.formatter for handler in logging.getLogger().handlers]
    assert any(isinstance(formatter, Formatter) for formatter in written)


@pytest.mark.django_db
def test_the_servers_log_keeps_no_values_either() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('log_min_error_statement'), current_setting('log_error_verbosity')")
        assert cursor.fetchone() == ("panic", "terse")
