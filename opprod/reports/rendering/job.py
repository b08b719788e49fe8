"""What is asked of one render: the document, the assets it may use and the limits it must keep."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING

from opprod.reports.rendering.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

JOB_FILE = "job.json"
FORMAT = "1"  # raise it when the same HTML should give another PDF
PACKAGES = ("weasyprint", "pydyf", "fonttools")
ASSET_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Job:
    """One document to render. An asset's name is how the document refers to it: ``asset:NAME``."""

    html: str
    assets: Mapping[str, bytes]
    limits: Limits

    @classmethod
    def of(cls, html: str, assets: Mapping[str, bytes | Path] | None, limits: Limits) -> Job:
        """Read the assets given as paths; raise ``ValueError`` for a name an address cannot hold."""
        contents: dict[str, bytes] = {}
        for name, asset in sorted((assets or {}).items()):
            if not ASSET_NAME.fullmatch(name):
                raise ValueError(f"{name!r} cannot name an asset")
            contents[name] = asset if isinstance(asset, bytes) else asset.read_bytes()
        return cls(html, contents, limits)

    def key(self) -> str:
        """Return a digest of everything that decides the PDF's bytes."""
        digest = sha256()
        parts = [FORMAT, *map(version, PACKAGES), self.html]
        encoded = [part.encode(errors="surrogatepass") for part in parts]
        for name, content in self.assets.items():
            encoded += [name.encode(), content]
        for part in encoded:
            digest.update(b"%d:" % len(part))
            digest.update(part)
        return digest.hexdigest()

    def write(self, folder: Path) -> None:
        """Leave the job in the folder for ``read``."""
        fields = {
            "html": self.html,
            "assets": {name: base64.b64encode(content).decode() for name, content in self.assets.items()},
            "limits": asdict(self.limits),
        }
        (folder / JOB_FILE).write_text(json.dumps(fields))

    @classmethod
    def read(cls, folder: Path) -> Job:
        """Take up the job that ``write`` left in the folder."""
        fields = json.loads((folder / JOB_FILE).read_text())
        assets = {name: base64.b64decode(content) for name, content in fields["assets"].items()}
        return cls(fields["html"], assets, Limits(**fields["limits"]))
