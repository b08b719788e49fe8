"""Settings, read once from the environment."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

# What obstore, which keeps the files, calls the stores it knows.
FILE_STORES = frozenset({"file", "s3", "s3a", "gs", "az", "abfs", "abfss", "adl", "azure"})


class SettingsError(Exception):
    """A setting that cannot be used; the message names it and says what it takes."""


@dataclass(frozen=True)
class Settings:
    """How this installation runs. Each field is the variable ``OPPROD_<NAME>``."""

    data_dir: Path
    database_url: str
    today: date | None = None
    demo_password: str | None = None
    proxies: int = 0
    files_url: str | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings; raise ``SettingsError`` for one that cannot be used."""
        env = os.environ if environ is None else environ
        data_dir = Path(env.get("OPPROD_DATA_DIR") or "var").absolute()
        return cls(
            data_dir=data_dir,
            database_url=env.get("OPPROD_DATABASE_URL") or f"sqlite:///{data_dir / 'opprod.sqlite'}",
            today=_day(env, "OPPROD_TODAY"),
            demo_password=env.get("OPPROD_DEMO_PASSWORD") or None,
            proxies=_count(env, "OPPROD_PROXIES"),
            files_url=_store_address(env, "OPPROD_FILES_URL"),
        )

    @property
    def files_address(self) -> str:
        """Where files that people send are kept: the folder ``files`` in the data folder, unless set."""
        return self.files_url or (self.data_dir / "files").absolute().as_uri()

    def secret_key(self) -> str:
        """The key that signs cookies, made once in the data folder and readable by its owner alone."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        path = self.data_dir / "secret_key"
        if not path.exists():
            draft = self.data_dir / f".secret_key.{secrets.token_hex(8)}"
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_hex(32))
            # Linking fails where another process was first: its key is then the one.
            with suppress(FileExistsError):
                path.hardlink_to(draft)
            draft.unlink()
        return path.read_text()


def _day(env: Mapping[str, str], name: str) -> date | None:
    text = env.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(f"{name} must be a day such as 2016-09-26, not {text!r}.") from error


def _count(env: Mapping[str, str], name: str) -> int:
    text = env.get(name) or "0"
    if not text.isdecimal():
        raise SettingsError(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def _store_address(env: Mapping[str, str], name: str) -> str | None:
    text = env.get(name)
    if not text:
        return None
    parts = urlsplit(text)
    named = parts.path.startswith("/") and not parts.netloc if parts.scheme == "file" else bool(parts.netloc)
    if parts.scheme not in FILE_STORES or not named:
        raise SettingsError(
            f"{name} must be an address such as file:///srv/opprod or s3://bucket/folder, not {text!r}."
        )
    return text
