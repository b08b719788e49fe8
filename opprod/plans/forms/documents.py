"""Forms of a plan's documents."""

from opprod.history.entries import REASON_LENGTH
from opprod.plans.services.documents import LARGEST_IN_MB
from opprod.web.forms import BaseForm, FilesField, TextAreaField, max_length, most_files, required

MOST_AT_ONCE = 10


class AttachForm(BaseForm):
    """The documents to attach."""

    documents = FilesField(
        "Attach documents",
        [required("Choose a document to attach"), most_files(MOST_AT_ONCE)],
        description="PDF, Word (.docx), Excel (.xlsx) or OpenDocument text (.odt), without macros or a password. "
        f"Up to {LARGEST_IN_MB} MB each and {MOST_AT_ONCE} at once.",
    )


class WithdrawDocumentForm(BaseForm):
    """Why a document is withdrawn."""

    reason = TextAreaField(
        "Why is it withdrawn?",
        [required("Enter why it is withdrawn"), max_length(REASON_LENGTH)],
        description="The region and the centre can read this beside the document’s name.",
    )
