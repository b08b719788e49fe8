"""How far a render is, as kept in its folder."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

STATUS_FILE = "status.json"


class RenderState(StrEnum):
    """Where a render is on its way; done and failed are the ends of it."""

    QUEUED = "queued"
    RENDERING = "rendering"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to the render unless it is started again."""
        return self in {RenderState.DONE, RenderState.FAILED}


@dataclass(frozen=True, slots=True)
class RenderStatus:
    """How far a render is.

    ``percent`` is 0 to 100 and an estimate. ``page`` is the page being laid out, ``pages`` the number of pages
    of a finished document and ``digest`` the SHA-256 of its bytes. ``message`` says, to a person, why a
    render failed.
    """

    key: str
    state: RenderState
    started_at: datetime
    step: str = "Waiting to start"
    percent: int = 0
    page: int | None = None
    pages: int | None = None
    digest: str | None = None
    message: str | None = None

    def failed(self, message: str) -> RenderStatus:
        """Return the status of this render when it has failed for the reason given."""
        return replace(self, state=RenderState.FAILED, step="Failed", message=message)


def read_status(folder: Path) -> RenderStatus:
    """Read the status; raise ``FileNotFoundError`` if there is none, or a power cut has left nothing of it."""
    text = (folder / STATUS_FILE).read_text()
    if not text.strip("\0"):
        raise FileNotFoundError(STATUS_FILE)
    fields = json.loads(text)
    fields["state"] = RenderState(fields["state"])
    fields["started_at"] = datetime.fromisoformat(fields["started_at"])
    return RenderStatus(**fields)


def write_status(folder: Path, status: RenderStatus) -> None:
    """Put the status in place of the one before, so that a reader sees the one or the other."""
    fields = asdict(status) | {"started_at": status.started_at.isoformat()}
    handle, draft = tempfile.mkstemp(prefix=".status-", dir=folder)
    with os.fdopen(handle, "w") as file:
        json.dump(fields, file)
    Path(draft).replace(folder / STATUS_FILE)
