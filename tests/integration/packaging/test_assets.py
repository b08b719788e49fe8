import json
import re
from pathlib import Path

import pytest

from script import fetch_assets

VENDOR_DIR = fetch_assets.VENDOR_DIR


def test_every_url_of_the_style_sheet_is_a_file_beside_it() -> None:
    sheet = (VENDOR_DIR / "nhsuk-frontend.min.css").read_text(encoding="utf-8")

    urls = re.findall(r"url\(([^)]*)\)", sheet)

    assert "fonts/arimo-latin-400-normal.woff2" in urls
    assert [url for url in urls if not (VENDOR_DIR / url).is_file()] == []


def test_the_licensed_nhs_font_is_not_asked_for() -> None:
    sheet = (VENDOR_DIR / "nhsuk-frontend.min.css").read_text(encoding="utf-8")

    assert "frutiger" not in sheet.lower()
    assert "font-family:Arimo,arial,sans-serif" in sheet


@pytest.fixture
def package(tmp_path: Path) -> tuple[Path, fetch_assets.Package]:
    """A tarball of three letters, and the package it stands for."""
    tarball = tmp_path / "abc.tgz"
    tarball.write_bytes(b"abc")
    # The digest of "abc" that FIPS 180-4's examples give.
    integrity = "sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=="
    return tarball, {"name": "abc", "version": "1.0", "integrity": integrity, "files": {}}


def test_a_package_of_the_pinned_digest_is_taken(package: tuple[Path, fetch_assets.Package]) -> None:
    fetch_assets.check_integrity(*package)


def test_a_package_of_another_digest_is_refused(package: tuple[Path, fetch_assets.Package]) -> None:
    tarball, pinned = package
    tarball.write_bytes(b"abd")

    with pytest.raises(fetch_assets.AssetError, match=r"abc 1\.0 has sha512-"):
        fetch_assets.check_integrity(tarball, pinned)


def test_what_was_fetched_is_current_until_a_file_is_lost(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    packages = json.loads((fetch_assets.SCRIPT_DIR / "assets.json").read_text(encoding="utf-8"))
    stamp = fetch_assets.fingerprint()
    assert fetch_assets.is_current(packages, stamp)

    monkeypatch.setattr(fetch_assets, "VENDOR_DIR", tmp_path)
    assert not fetch_assets.is_current(packages, stamp)
