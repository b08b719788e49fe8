"""What is asked of one render: the document, the assets it may use and what is to be attached."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING

from opprod.reports.rendering.attachment import Attachment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

JOB_FILE = "job.json"
PAPER_FILE = "paper.pdf"
LOG_FILE = "log"
FORMAT = "2"  # raise it when the same HTML should give another PDF
PACKAGES = ("weasyprint", "pydyf", "fonttools")
ASSET_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@cache
def versions() -> tuple[str, ...]:
    """Return the versions of everything that decides how a document is rendered."""
    return (FORMAT, *map(version, PACKAGES))


@dataclass(frozen=True, slots=True)
class Job:
    """One document to render. An asset's name is how the document refers to it: ``asset:NAME``."""

    html: str
    assets: Mapping[str, bytes]
    attachment: Attachment | None = None

    @classmethod
    def of(
        cls, html: str, assets: Mapping[str, bytes | Path] | None = None, attachment: Attachment | None = None
    ) -> Job:
        """Read the assets given as paths; raise ``ValueError`` for a name an address cannot hold."""
        contents: dict[str, bytes] = {}
        for name, asset in sorted((assets or {}).items()):
            if not ASSET_NAME.fullmatch(name):
                raise ValueError(f"{name!r} cannot name an asset")
            contents[name] = asset if isinstance(asset, bytes) else asset.read_bytes()
        if attachment is not None and not ASSET_NAME.fullmatch(attachment.name):
            raise ValueError(f"{attachment.name!r} cannot name an attachment")
        return cls(html, contents, attachment)

    def key(self) -> str:
        """Return a digest of everything that decides the PDF's bytes."""
        digest = sha256()
        parts = [part.encode(errors="surrogatepass") for part in (*versions(), self.html)]
        if self.attachment is not None:
            parts += [
                b"attachment:",  # no asset is called so
                self.attachment.name.encode(),
                self.attachment.description.encode(errors="surrogatepass"),
                self.attachment.content,
            ]
        for name, content in self.assets.items():
            parts += [name.encode(), content]
        for part in parts:
            digest.update(b"%d:" % len(part))
            digest.update(part)
        return digest.hexdigest()

    def write(self, folder: Path) -> None:
        """Leave the job in the folder for ``read``."""
        fields: dict[str, object] = {
            "html": self.html,
            "assets": {name: _as_text(content) for name, content in self.assets.items()},
        }
        if self.attachment is not None:
            name, description = self.attachment.name, self.attachment.description
            fields["attachment"] = [name, description, _as_text(self.attachment.content)]
        (folder / JOB_FILE).write_text(json.dumps(fields))

    @classmethod
    def read(cls, folder: Path) -> Job:
        """Take up the job that ``write`` left in the folder."""
        fields = json.loads((folder / JOB_FILE).read_text())
        assets = {name: base64.b64decode(content) for name, content in fields["assets"].items()}
        attachment = None
        if "attachment" in fields:
            name, description, content = fields["attachment"]
            attachment = Attachment(name, description, base64.b64decode(content))
        return cls(fields["html"], assets, attachment)


def _as_text(content: bytes) -> str:
    return base64.b64encode(content).decode()
