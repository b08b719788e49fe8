"""Documents to PDF, in a process of its own with limits."""

from opprod.reports.rendering.attachment import Attachment, attached
from opprod.reports.rendering.limits import Limits
from opprod.reports.rendering.renderer import Render, Renderer, RenderFailed, render_pdf
from opprod.reports.rendering.status import RenderState, RenderStatus

__all__ = [
    "Attachment",
    "Limits",
    "Render",
    "RenderFailed",
    "RenderState",
    "RenderStatus",
    "Renderer",
    "attached",
    "render_pdf",
]
