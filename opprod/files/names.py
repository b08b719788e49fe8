"""What a file is called where it came from, made safe to keep, to show and to save under."""

import unicodedata
from pathlib import PurePath
from urllib.parse import quote

from opprod.files.kinds import Format

LENGTH = 150
NAMELESS = "document"

_UNRESERVED = "!#$&+-.^_`|~"  # beside letters and digits: RFC 8187, section 3.2.1


def tidied(name: str) -> str:
    """The name in at most 150 characters, without folders and characters that control, are unseen or turn text."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    # Of Unicode's categories, those of C are controls, marks of direction and what is no character.
    seen = (char for char in name if char.isspace() or unicodedata.category(char)[0] != "C")
    name = " ".join("".join(seen).split())
    name = name.strip(". ")
    if len(name) > LENGTH:
        stem, suffix = _parted(name)
        name = stem[: LENGTH - len(suffix)].rstrip() + suffix
    return name or NAMELESS


def named_for(name: str, format_: Format) -> str:
    """A tidied name with the extension of what the file is; another kind's gives way, any other ending stays."""
    stem, suffix = _parted(name)
    if suffix.lower() == f".{format_}":
        return name
    if suffix.lower() not in {f".{one}" for one in Format}:
        stem = name
    return f"{stem[: LENGTH - len(format_) - 1].rstrip()}.{format_}"


def disposition(name: str) -> str:
    """The ``Content-Disposition`` that has a browser save what it gets under a name (RFC 6266)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, suffix = _parted(plain)
    plain = "".join("'" if char in '"\\' else char for char in (stem.strip(" .") or NAMELESS) + suffix)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe=_UNRESERVED)}"


def _parted(name: str) -> tuple[str, str]:
    suffix = PurePath(f"_{name}").suffix
    suffix = suffix if len(suffix) <= 10 else ""
    return name.removesuffix(suffix), suffix
