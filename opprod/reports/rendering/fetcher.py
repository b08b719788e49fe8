"""What a document may load while it is laid out."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

# WeasyPrint carries no types.
from weasyprint.logger import LOGGER  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Mapping

ASSET = "asset:"
PNG_URI = "data:image/png;base64,"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
CONTENT_TYPES = {"css": "text/css", "png": "image/png", "svg": "image/svg+xml"}


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint carries no types
    """Gives WeasyPrint the named assets and inline PNG images, and nothing else: no file, no network.

    WeasyPrint passes over some failures without an error, so a refusal is logged as one here.
    """

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=())
        self._assets = assets

    def fetch(self, url: str, headers: object = None) -> Any:
        """Return the asset or image at the address; raise ``ValueError`` for any other address."""
        name = url.removeprefix(ASSET)
        if url.startswith(ASSET) and name in self._assets:
            kind = CONTENT_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
            return URLFetcherResponse(url, self._assets[name], {"Content-Type": kind})
        if url.startswith(PNG_URI) and (image := _png(url)):
            return URLFetcherResponse(url, image, {"Content-Type": "image/png"})
        message = f"Refused to load {url[:200]}"
        LOGGER.error(message)
        raise ValueError(message)


def _png(url: str) -> bytes | None:
    try:
        image = base64.b64decode(unquote_to_bytes(url.removeprefix(PNG_URI)), validate=True)
    except binascii.Error:
        return None
    return image if image.startswith(PNG_SIGNATURE) else None
