"""The environment of each part: what was given, where this run's own servers are, secrets made at the first start."""

from __future__ import annotations

import os
import secrets
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import redis

from werkcontact.embedded import Postgres, Stop, Valkey
from werkcontact.embedded.postgres import NAMES

OLDEST_POSTGRES = 160000  # as libpq counts: 16.0
_DATABASES = ("DATABASE_URL", "KEYS_DATABASE_URL")
_OWNERS = ("OWNER_DATABASE_URL", "OWNER_KEYS_DATABASE_URL")


def given(name: str) -> str:
    """Return the variable, or what stands in the file that NAME_FILE names, or nothing."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise Stop(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from error
    return os.environ.get(name, "")


def databases_given() -> bool:
    """Tell whether PostgreSQL is one of the user's own; all four addresses or none."""
    names = [name for name in (*_DATABASES, *_OWNERS) if given(name)]
    missing = [name for name in (*_DATABASES, *_OWNERS) if name not in names]
    if names and missing:
        raise Stop(f"{names[0]} is set, so {' and '.join(missing)} must be too (.env.example says what they are).")
    return bool(names)


def check_given() -> None:
    """Try the servers that were given; raises Stop with one sentence instead of a traceback from migrate."""
    for name in (*_DATABASES, *_OWNERS):
        if not given(name):
            continue
        try:
            with closing(psycopg2.connect(given(name), connect_timeout=5)) as connection:
                version = connection.server_version
        except (psycopg2.OperationalError, psycopg2.ProgrammingError) as error:
            raise Stop(f"{name} ({_where(given(name))}) cannot be reached: {str(error).strip()}") from error
        if version < OLDEST_POSTGRES:
            raise Stop(f"{name}: PostgreSQL 16 or newer is needed, that is {version // 10000}.")
    if url := given("REDIS_URL"):
        try:
            with redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as server:
                server.ping()
        except (redis.RedisError, ValueError) as error:
            raise Stop(f"REDIS_URL ({_where(url)}) cannot be reached: {error}") from error


def _where(url: str) -> str:
    parts = urlsplit(url)
    return parts.hostname or parts.path


def of_the_app(var: Path, port: int, postgres: Postgres | None, valkey: Valkey | None) -> dict[str, str]:
    """Return the environment of web, worker and beat: the application's role, never the owner's address."""
    found = {name: value for name, value in os.environ.items() if value and name.removesuffix("_FILE") not in _OWNERS}
    if postgres:
        found |= {variable: postgres.url("wc_app", name) for variable, name in zip(_DATABASES, NAMES, strict=True)}
    if valkey:
        found["REDIS_URL"] = valkey.url()
    if not given("SECRET_KEY"):
        found["SECRET_KEY_FILE"] = str(made_secret(var / "secret.key"))
    if "VAULT_KEY_FILE" not in found:
        found["VAULT_KEY_FILE"] = str(_vault_key(var))
    found.setdefault("VAULT_DIR", str(var / "vault"))
    found.setdefault("INSECURE_LOCAL", "1")
    found.setdefault("BASE_URL", f"http://localhost:{port}")
    found.setdefault("PYTHONUNBUFFERED", "1")
    found["VAR_DIR"] = str(var)
    found["TMPDIR"] = str(var / "tmp")
    return found


def _vault_key(var: Path) -> Path:
    """Return the master key's file; a new one is made at the very first start only."""
    path = var / "vault.key"
    if not path.exists() and note_of(var).exists():
        raise Stop(f"{path} is gone, and without it nothing in the vault can be read. Put it back from its copy.")
    return made_secret(path)


def note_of(var: Path) -> Path:
    """Return the file in which a run notes its environment for tools/within.py; it is there after the first start."""
    return var / "environment.json"


def of_the_owner(app: dict[str, str], postgres: Postgres | None) -> dict[str, str]:
    """Return the environment of migrate."""
    if postgres:
        return app | {
            variable: postgres.url("wc_owner", name) for variable, name in zip(_DATABASES, NAMES, strict=True)
        }
    own = {name: value for name, value in app.items() if name.removesuffix("_FILE") not in _DATABASES}
    return own | {variable: given(owner) for variable, owner in zip(_DATABASES, _OWNERS, strict=True)}


def made_secret(path: Path) -> Path:
    """Return the path of 32 random bytes in hexadecimal, for our eyes only; made when there are none."""
    if not path.exists():
        new = path.with_name(f"{path.name}.new")
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        new.write_text(secrets.token_hex(32))
        new.rename(path)
    return path
