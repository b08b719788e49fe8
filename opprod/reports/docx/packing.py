"""The file itself, without the moment it was made at."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can say


def packed(content: bytes) -> bytes:
    """The same parts in the same order, each dated alike."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as parts, ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name in parts.namelist():
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            file.writestr(entry, parts.read(name))
    return out.getvalue()
