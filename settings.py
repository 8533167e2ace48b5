"""Every setting of Docket, typed, read once from the environment (or `.env`), failing loudly."""

import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit

import idna
from babel.numbers import is_currency
from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

import durable

PREFIX = "DOCKET_"

NO_TLS = "tls=never"
"""At the end of DOCKET_SMTP_URL: the password is told without encryption, to a relay on this machine for example."""


class Misconfigured(Exception):
    """A setting has a wrong value; the text is one line that names it."""


SECRET_BYTES = 32

OTHERS = 0o077
"""What of a file's mode lets others than its owner in."""

READABLE = "{path} can be read by others on this machine. If none of them has: chmod 600 {path}"

IN_PASSWORDS = "in a password, signs such as # / ? @ are written %23 %2F %3F %40"


def _parts(url: str) -> SplitResult | None:
    """An address in its parts; None for one that falls into none, whose error would repeat a piece of it."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _origin_only(url: str) -> str:
    parts = _parts(url)
    is_one = parts is not None and parts.scheme in {"http", "https"} and parts.netloc and not parts.path.strip("/")
    if not is_one or "@" in url or "?" in url or "#" in url:
        raise ValueError("an address such as https://orders.example.com, without a path")
    return url.rstrip("/")


def _mail_server(url: str) -> str:
    parts = _parts(url)
    if parts is None or parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.port == 0:
        raise ValueError(f"an address such as smtp://user:secret@mail.example.com:587; {IN_PASSWORDS}")
    if parts.query not in {"", NO_TLS}:
        raise ValueError(f"an address that ends in nothing else than ?{NO_TLS}")
    return url


def database_address(url: str) -> str:
    """The address, if it can be one of a desk's database; raises ValueError."""
    try:
        given = make_url(url)
        is_file = given.database not in {None, "", ":memory:"} and not given.host and not given.query
        is_postgresql = given.drivername in {"postgresql", "postgresql+psycopg"} and "@" not in (given.host or "")
        known = is_postgresql or (given.drivername == "sqlite" and is_file)
    except (ArgumentError, ValueError):
        known = False
    if not known:
        raise ValueError(
            "an address such as postgresql://user:password@host/name, or sqlite:////folder/docket.db; " + IN_PASSWORDS
        )
    return url


def _sender(given: str) -> str:
    local, at, domain = parseaddr(given)[1].rpartition("@")
    try:
        relayed = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
        Address(addr_spec=f"{local}{at}{relayed}").addr_spec.encode("ascii")
    except (MessageError, ValueError, LookupError, AttributeError):  # all of these, for wrong addresses of many kinds
        raise ValueError("an address such as desk@example.com, or Paper & Ink <desk@example.com>") from None
    return given.replace(f"@{domain}", f"@{relayed}")


def _networks(given: str) -> str:
    for each in filter(None, map(str.strip, given.split(","))):
        try:
            ip_network(each, strict=False)
        except ValueError:
            raise ValueError("addresses and networks with commas between, such as 172.18.0.2, 10.0.0.0/8") from None
    return given


def _names(given: str) -> str:
    for each in filter(None, map(str.strip, given.split(","))):
        if not re.fullmatch(r"[^\s/:@]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*", each) or _relayed(each) is None:
            raise ValueError("names and addresses with commas between, without a port, such as desk.local, 192.168.1.5")
    return given


def _relayed(name: str) -> str | None:
    """A host's name as browsers send it; None for what is none."""
    try:
        return name.lower() if name.isascii() else idna.encode(name, uts46=True).decode()
    except UnicodeError:
        return None


def _hidden(check: Callable[[str], str]) -> Callable[[SecretStr], SecretStr]:
    """The check, for a value that no error and no log shows."""
    return lambda given: SecretStr(check(given.get_secret_value())) if given else given


def _currency(code: str) -> str:
    if not is_currency(code):
        raise ValueError("a currency's code of three letters, such as EUR (ISO 4217)")
    return code


class Settings(BaseSettings):
    """What the installation says about itself; sizes in bytes, spans in the unit that the name gives."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Path("data")
    database_url: Annotated[SecretStr, AfterValidator(_hidden(database_address))] = SecretStr("")
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8080
    base_url: Annotated[str, AfterValidator(lambda url: url and _origin_only(url))] = ""
    hosts: Annotated[str, AfterValidator(_names)] = ""
    smtp_url: Annotated[SecretStr, AfterValidator(_hidden(_mail_server))] = SecretStr("")
    mail_from: Annotated[str, AfterValidator(_sender)] = "docket@localhost"
    reply_to: Annotated[str, AfterValidator(lambda given: given and _sender(given))] = ""
    trusted_proxies: Annotated[str, AfterValidator(_networks)] = "127.0.0.0/8, ::1"
    timer_seconds: Annotated[float, Field(ge=0.1, le=60)] = 1.0
    order_prefix: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,7}$")] = "DK"
    currency: Annotated[str, AfterValidator(_currency)] = "EUR"
    token_hours: Annotated[int, Field(ge=1, le=24 * 365)] = 12
    take_back_seconds: Annotated[int, Field(ge=0, le=60)] = 10
    keep_logs_days: Annotated[int, Field(ge=0)] = 0
    signin_days: Annotated[int, Field(ge=1, le=365)] = 60
    idle_days: Annotated[int, Field(ge=1, le=365)] = 14
    staff_idle_hours: Annotated[int, Field(ge=1, le=24 * 365)] = 12
    requests_a_minute: Annotated[int, Field(ge=60)] = 120_000
    max_body_bytes: Annotated[int, Field(ge=1024)] = 1_000_000
    max_file_bytes: Annotated[int, Field(ge=1024)] = 100_000_000
    keep_files_days: Annotated[int, Field(ge=1, le=3650)] = 7
    log_format: Literal["text", "json"] = "text"
    _demo: bool = False

    @property
    def demo(self) -> bool:
        """Whether this is the sample agency, open to everybody: `main.py demo` says so, and never the environment."""
        return self._demo

    @property
    def database(self) -> str:
        """The address of the database; SQLite in the data folder unless one is set."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_dir.absolute() / 'docket.db'}"

    @property
    def files_dir(self) -> Path:
        """Where the files of orders lie."""
        return self.data_dir / "files"

    @property
    def public_url(self) -> str:
        """Where people reach this installation: what links in letters begin with."""
        return self.base_url or f"http://localhost:{self.port}"

    @cached_property
    def names(self) -> frozenset[str | None]:
        """The names by which browsers may ask for this desk, beside those of the machine itself."""
        given = [urlsplit(self.public_url).hostname or "", self.host, *map(str.strip, self.hosts.split(","))]
        every = {"", "0.0.0.0", "::"}  # noqa: S104 - what stands for all, and is no name  # nosec B104
        return frozenset(_relayed(name) for name in given if name not in every)

    @property
    def proxies(self) -> list[str]:
        """The networks whose word counts on who is calling; each of IPv4 also as a socket of IPv6 names it."""
        given = [ip_network(each.strip(), strict=False) for each in self.trusted_proxies.split(",") if each.strip()]
        mapped = [f"::ffff:{each.network_address}/{96 + each.prefixlen}" for each in given if each.version == 4]
        return [*map(str, given), *mapped]

    @property
    def has_secret(self) -> bool:
        """Whether the secret has been made."""
        return (self.data_dir / "secret.key").exists()

    @property
    def traces(self) -> Path | None:
        """What in the data folder a desk leaves there, and not the beginning of a first start: one of it, if any."""
        left = [self.data_dir / name for name in ("docket.db", "docket.db-wal", "files", "archive", "setup.key")]
        return next((path for path in left if path.is_dir() or (path.exists() and path.stat().st_size > 0)), None)

    @property
    def open_to_others(self) -> list[Path]:
        """What lies in the data folder and lets others on this machine in, from before all of it was made private."""
        return sorted(path for path in self.data_dir.iterdir() if path.stat().st_mode & OTHERS)

    @cached_property
    def secret(self) -> bytes:
        """The installation's secret of 32 bytes, made on first use and readable by its owner alone.

        Raises FileNotFoundError when the data folder does not exist, and Misconfigured for a secret that others may
        read, or that is none.
        """
        path = self.data_dir / "secret.key"
        if not path.exists():
            durable.write_once(path, secrets.token_hex(SECRET_BYTES).encode())
        if path.stat().st_mode & OTHERS:
            raise Misconfigured(READABLE.format(path=path))
        try:
            secret = bytes.fromhex(path.read_text().strip())
        except ValueError:
            secret = b""
        if len(secret) != SECRET_BYTES:
            raise Misconfigured(f"{path} is not the secret that Docket made: take it from your backup.")
        return secret


@contextmanager
def folder_errors() -> Iterator[None]:
    """Raise Misconfigured when the data folder, or what lies in it, cannot be used in this block."""
    try:
        yield
    except OSError as error:
        named = error.filename or current().data_dir
        raise Misconfigured(f"DOCKET_DATA_DIR: {named} cannot be used: {error.strerror}.") from error


_current: Settings | None = None


def use(*, demo: bool = False, **overrides: Any) -> Settings:
    """Read the settings, for this process; raises Misconfigured with one line that names the wrong one."""
    global _current
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    given = {*os.environ, *(dotenv_values(overrides.get("_env_file", ".env") or os.devnull))}
    if unknown := sorted(name for name in given if name.startswith(PREFIX) and name not in known):
        raise Misconfigured(f"{unknown[0]} is not a setting of Docket; the README lists those there are.")
    try:
        chosen = Settings(**overrides)
    except ValidationError as error:
        raise Misconfigured(_complaint(error)) from None
    chosen._demo = demo
    _current = chosen
    return chosen


def _complaint(error: ValidationError) -> str:
    """The first thing that is wrong; a value that may hold a password is not repeated."""
    first = error.errors()[0]
    name, value = str(first["loc"][0]), str(first["input"])
    is_secret = Settings.model_fields[name].annotation is SecretStr or ("://" in value and "@" in value)
    return f"{PREFIX}{name.upper()}{'' if is_secret else f'={value!r}'} is not right: {first['msg']}."


def current() -> Settings:
    """The settings of this process, read on first use."""
    return _current or use()
