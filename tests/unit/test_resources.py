from pathlib import Path

import pytest

from opprod import resources


def test_a_checkout_has_them_at_its_top() -> None:
    assert resources.resource_dir("templates") == Path(__file__).resolve().parents[2] / "templates"


def test_a_wheel_has_them_inside_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # An unrelated folder of the same name beside the package must not win.
    for folder in ("templates", "opprod/bundled/templates"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(resources, "PACKAGE_DIR", tmp_path / "opprod")

    assert resources.resource_dir("templates") == tmp_path / "opprod" / "bundled" / "templates"


def test_an_installation_without_them_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resources, "PACKAGE_DIR", tmp_path / "opprod")

    with pytest.raises(FileNotFoundError, match="migrations"):
        resources.resource_dir("migrations")
