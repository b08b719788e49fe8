import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

from tests.server import serving

CHECKOUT = Path(__file__).resolve().parents[3]
SOURCES = ("pyproject.toml", "README.md", "opprod", "templates", "migrations", "script")


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    result = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def build_wheel(source: Path, target: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(source)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment that holds opprod from its wheel; of the checkout it sees third-party packages alone."""
    folder = tmp_path_factory.mktemp("installed")
    result = build_wheel(CHECKOUT, folder / "dist")
    assert result.returncode == 0, result.stdout + result.stderr
    (wheel,) = (folder / "dist").glob("opprod-*.whl")

    environment = folder / "venv"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    uv = shutil.which("uv")
    install = (
        [uv, "pip", "install", "--python", python]
        if uv
        else [sys.executable, "-m", "pip", "--python", python, "install"]
    )
    run(*install, "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    # A folder named in a .pth file is searched, but its own .pth files, such as the checkout's, are not read.
    (site_packages,) = environment.glob("lib/python*/site-packages")
    (site_packages / "third_party.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A working directory of no meaning to opprod."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "OPPROD_DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def server(installed: Path, elsewhere: Path, environ: dict[str, str]) -> Iterator[str]:
    """The address of the installed opprod, migrated and serving."""
    run(installed / "bin" / "opprod", "migrate", cwd=elsewhere, env=environ)
    with serving([installed / "bin" / "opprod", "serve"], cwd=elsewhere, env=environ) as address:
        yield address


def test_code_and_resources_come_from_the_wheel(installed: Path, elsewhere: Path, environ: dict[str, str]) -> None:
    code = (
        "import sys, opprod; from opprod.resources import resource_dir;"
        "print(opprod.__file__, resource_dir('templates'), resource_dir('migrations'), *sys.path, sep='\\n')"
    )
    module, templates, migrations, *search_path = run(
        installed / "bin" / "python", "-c", code, cwd=elsewhere, env=environ
    ).splitlines()

    assert all(Path(path).is_relative_to(installed) for path in (module, templates, migrations))
    assert str(CHECKOUT) not in search_path


def test_serves_a_page_with_its_style_sheet_and_fonts(server: str) -> None:
    with urlopen(f"{server}/sign-in") as page:
        html = page.read().decode()
    (href,) = re.findall(r'href="([^"]*nhsuk-frontend\.min\.css[^"]*)"', html)
    sheet_url = urljoin(server, href)
    with urlopen(sheet_url) as response:
        assert response.headers.get_content_type() == "text/css"
        sheet = response.read().decode()

    urls = re.findall(r"url\(([^)]*)\)", sheet)
    assert urls
    for url in urls:
        with urlopen(urljoin(sheet_url, url)) as response:
            assert response.status == 200


def test_a_wheel_without_the_fetched_assets_is_not_built(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in SOURCES:
        original = CHECKOUT / name
        if original.is_dir():
            shutil.copytree(original, source / name, ignore=shutil.ignore_patterns("vendor", "__pycache__"))
        else:
            shutil.copy(original, source / name)

    result = build_wheel(source, tmp_path / "dist")

    assert result.returncode != 0
    assert "script/fetch_assets.py" in result.stdout + result.stderr
    assert not list(tmp_path.glob("dist/*.whl"))
