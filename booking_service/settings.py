"""Settings from the environment, read once and typed; a bad value stops the start with one sentence."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class SettingsError(Exception):
    """A setting is missing or unusable; the text says which and what to write instead."""


@dataclass(frozen=True)
class Settings:
    """Everything that an operator may set. Durations are in the unit that the name says."""

    data_dir: Path
    content_dir: Path
    site_dir: Path
    database_url: str
    keys_file: Path
    site_url: str
    demo: bool
    host: str
    port: int
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str
    smtp_security: str
    mail_from: str
    operator_email: str
    # Who keeps the cards; without one the forms of `/join/` and `/report/` say that they are closed.
    editors_email: str
    trusted_proxies: int
    insecure_cookies: bool

    @property
    def https(self) -> bool:
        return self.site_url.startswith("https://")

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def read(env: Mapping[str, str] = os.environ) -> Settings:
    """Read the environment. Raises SettingsError naming the variable.

    DEMO=1 (what `make run` sets) catches mail, writes its own key file into DATA_DIR and refuses a site address that
    is not local.
    """
    data_dir = Path(env.get("DATA_DIR") or ROOT / "var").resolve()
    demo = _truth(env, "DEMO")
    host, port = env.get("HOST") or "127.0.0.1", _number(env, "PORT", 8000)
    site_url = (env.get("SITE_URL") or f"http://localhost:{port}").rstrip("/")
    hostname = urlsplit(site_url).hostname
    if not hostname or urlsplit(site_url).scheme not in ("http", "https"):
        raise SettingsError(f"SITE_URL is {site_url!r}; write an address such as https://pieraksts.example")
    if demo and hostname not in LOOPBACK:
        raise SettingsError(f"DEMO is on, but SITE_URL is {site_url}; demo mode only serves a local address")
    keys_file = Path(env.get("KEYS_FILE") or data_dir / "keys.json").resolve()
    if not demo and keys_file.is_relative_to(data_dir):
        raise SettingsError(
            f"KEYS_FILE is {keys_file}, inside DATA_DIR; keep it elsewhere, or one backup holds data and keys"
        )
    insecure = _truth(env, "ALLOW_INSECURE_COOKIES")
    if not site_url.startswith("https://") and hostname not in LOOPBACK and not insecure:
        raise SettingsError(
            f"SITE_URL is {site_url}; use https, or set ALLOW_INSECURE_COOKIES=1 on a closed test network"
        )
    security = env.get("SMTP_SECURITY") or "none"
    if security not in ("none", "starttls", "tls"):
        raise SettingsError(f"SMTP_SECURITY is {security!r}; write none, starttls or tls")
    return Settings(
        data_dir=data_dir,
        content_dir=Path(env.get("CONTENT") or ROOT / "content").resolve(),
        # Not resolved: the folder is a link that each build switches, and it must be followed anew.
        site_dir=Path(os.path.abspath(env.get("OUTPUT") or data_dir / "site")),
        database_url=_database(env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'pieraksts.sqlite3'}"),
        keys_file=keys_file,
        site_url=site_url,
        demo=demo,
        host=host,
        port=port,
        smtp_host=env.get("SMTP_HOST") or "127.0.0.1",
        smtp_port=_number(env, "SMTP_PORT", 1025 if demo else 25),
        smtp_user=env.get("SMTP_USER", ""),
        smtp_password=_secret(env, "SMTP_PASSWORD"),
        smtp_security=security,
        mail_from=env.get("MAIL_FROM") or f"pieraksts@{hostname if '.' in hostname else 'pieraksts.example'}",
        operator_email=env.get("OPERATOR_EMAIL") or "",
        editors_email=env.get("EDITORS_EMAIL") or ("redakcija@pieraksts.example" if demo else ""),
        trusted_proxies=_number(env, "TRUSTED_PROXIES", 0),
        insecure_cookies=insecure,
    )


def _truth(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").lower()
    if value not in ("", "0", "1", "no", "yes", "false", "true"):
        raise SettingsError(f"{name} is {value!r}; write 1 or 0")
    return value in ("1", "yes", "true")


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name) or str(default)
    if not value.isdecimal() or int(value) > 65535:
        raise SettingsError(f"{name} is {value!r}; write a whole number from 0 to 65535")
    return int(value)


def _secret(env: Mapping[str, str], name: str) -> str:
    """A secret stands in the environment or in the file that NAME_FILE names."""
    if path := env.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{name}_FILE names {path}, which cannot be read: {error.strerror}") from error
    return env.get(name, "")


def _database(url: str) -> str:
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError(f"DATABASE_URL begins with {url.split(':')[0]!r}; write sqlite:///… or postgresql://…")
    return url
