"""The settings: typed, read from the environment, and loud about the first wrong one."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import settings
from models.database import Database
from models.schema import migrate
from settings import Misconfigured


def test_nothing_needs_to_be_set() -> None:
    chosen = settings.use(_env_file=None)

    assert (chosen.port, chosen.timer_seconds, chosen.order_prefix, chosen.currency) == (8080, 1.0, "DK", "EUR")
    assert chosen.database == f"sqlite:///{Path('data').absolute()}/docket.db"
    assert chosen.public_url == "http://localhost:8080"
    assert settings.current() is chosen


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCKET_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DOCKET_BASE_URL", "https://desk.example/")
    monkeypatch.setenv("DOCKET_ORDER_PREFIX", "TEA")

    chosen = settings.use(_env_file=None)

    assert chosen.database == f"sqlite:///{tmp_path}/docket.db"
    assert (chosen.public_url, chosen.order_prefix) == ("https://desk.example", "TEA")


def test_a_database_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKET_DATABASE_URL", "postgresql://docket@db/docket")

    assert settings.use(_env_file=None).database == "postgresql://docket@db/docket"


@pytest.mark.parametrize(
    "name, value",
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("TIMER_SECONDS", "0"),
        ("TIMER_SECONDS", "nan"),
        ("TIMER_SECONDS", "soon"),
        ("ORDER_PREFIX", "dk"),
        ("ORDER_PREFIX", "TOO-LONG"),
        ("CURRENCY", "euro"),
        ("CURRENCY", "ABC"),
        ("BASE_URL", "desk.example"),
        ("BASE_URL", "https://desk.example/orders"),
        ("BASE_URL", "ftp://desk.example"),
        ("TOKEN_HOURS", "-1"),
        ("SIGNIN_DAYS", "1.5"),
        ("MAX_BODY_BYTES", "1\n2"),
        ("TRUSTED_PROXIES", "*"),
        ("TRUSTED_PROXIES", "127.0.0.1, the-proxy"),
        ("TRUSTED_PROXIES", "10.0.0.0/33"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"DOCKET_{name}", value)

    with pytest.raises(Misconfigured) as stop:
        settings.use(_env_file=None)

    assert str(stop.value).startswith(f"DOCKET_{name}={value!r} is not right: ")
    assert "\n" not in str(stop.value)


def test_a_misspelt_name_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKET_PROT", "8081")

    with pytest.raises(Misconfigured, match=r"^DOCKET_PROT is not a setting of Docket; the README lists those .*\.$"):
        settings.use(_env_file=None)


def test_no_environment_opens_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("docket_demo", "1")
    assert settings.use(_env_file=None).demo is False

    monkeypatch.setenv("DOCKET_DEMO", "1")
    with pytest.raises(Misconfigured, match=r"^DOCKET_DEMO is not a setting of Docket"):
        settings.use(_env_file=None)


def test_the_command_opens_the_demo() -> None:
    assert settings.use(_env_file=None, demo=True).demo is True
    assert settings.use(_env_file=None).demo is False


def test_a_misspelt_name_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DOCKET_PORT=8081\nDOCKET_BASEURL=https://desk.example\n")

    with pytest.raises(Misconfigured, match=r"^DOCKET_BASEURL is not a setting of Docket"):
        settings.use(_env_file=tmp_path / ".env")


def test_others_settings_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKETS", "many")
    monkeypatch.setenv("PORT", "99999")

    assert settings.use(_env_file=None).port == 8080


def test_the_secret_is_the_owners_alone(tmp_path: Path) -> None:
    secret = settings.use(_env_file=None, data_dir=tmp_path).secret

    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(secret) == 32


def test_the_secret_stays_the_same(tmp_path: Path) -> None:
    first = settings.use(_env_file=None, data_dir=tmp_path).secret

    assert settings.use(_env_file=None, data_dir=tmp_path).secret == first


def test_no_two_secrets_are_alike(tmp_path: Path) -> None:
    folders = tmp_path / "one", tmp_path / "other"
    for folder in folders:
        folder.mkdir()

    one, other = (settings.use(_env_file=None, data_dir=folder).secret for folder in folders)

    assert one != other


def test_all_who_ask_at_once_agree(tmp_path: Path) -> None:
    starts = [settings.use(_env_file=None, data_dir=tmp_path) for _ in range(8)]

    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda chosen: chosen.secret, starts))

    assert len(secrets) == 1


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        _ = settings.use(_env_file=None, data_dir=tmp_path / "nowhere").secret


@pytest.mark.parametrize(
    "name, value",
    [
        ("SMTP_URL", "smtp://desk:S3cret#1@mail.example.com"),
        ("SMTP_URL", "smtp://desk:S3cret/1@mail.example.com"),
        ("SMTP_URL", "S3cret"),
        ("SMTP_URL", "smtp://[S3cret"),
        ("DATABASE_URL", "postgres://docket:S3cret@db/docket"),
        ("DATABASE_URL", "postgresql://docket:S3cret"),
        ("DATABASE_URL", "S3cret.db"),
        ("DATABASE_URL", "postgresql://docket:x@S3cret@db/docket"),
        ("BASE_URL", "https://desk:S3cret@desk.example/orders"),
        ("PORT", "smtp://desk:S3cret@mail.example.com"),
    ],
)
def test_no_complaint_repeats_a_password(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"DOCKET_{name}", value)

    with pytest.raises(Misconfigured, match=f"^DOCKET_{name}") as stop:
        settings.use(_env_file=None)

    assert "S3cret" not in str(stop.value)
    assert "\n" not in str(stop.value)


@pytest.mark.parametrize(
    "url", ["postgresql://docket:S3cret@127.0.0.1:1/d", "postgresql://127.0.0.1:1/d?password=S3cret"]
)
def test_a_database_that_is_away_shows_no_password(url: str) -> None:
    away = Database(url)

    with pytest.raises(Misconfigured, match="cannot be reached") as stop:
        migrate(away)

    assert "S3cret" not in str(stop.value)
