"""The closed catalogue of events: what can be recorded as done, and the words for it."""

from enum import StrEnum


class Event(StrEnum):
    """A kind of change; the value is kept in the database and never changes its meaning."""

    ACCOUNT_CREATED = "account-created"
    ACCOUNT_CHANGED = "account-changed"
    PASSWORD_SET = "password-set"  # noqa: S105 the event's name
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 the event's name
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    REFERENCE_DATA_LOADED = "reference-data-loaded"
    DIRECTORATE_CHANGED = "directorate-changed"
    NAME_RECORDED = "name-recorded"
    MEETING_CREATED = "meeting-created"
    MEETING_CHANGED = "meeting-changed"
    STRAND_CREATED = "strand-created"
    STRAND_CHANGED = "strand-changed"
    UPDATE_STARTED = "update-started"
    UPDATE_SAVED = "update-saved"
    UPDATE_DISCARDED = "update-discarded"
    UPDATE_SUBMITTED = "update-submitted"
    UPDATE_RETURNED = "update-returned"
    UPDATE_APPROVED = "update-approved"
    RAG_RATED = "rag-rated"
    NEXT_STEP_PROMISED = "next-step-promised"
    NEXT_STEP_CHANGED = "next-step-changed"
    OUTCOME_RECORDED = "outcome-recorded"
    MEASURE_CREATED = "measure-created"
    MEASURE_CHANGED = "measure-changed"
    READING_RECORDED = "reading-recorded"
    ENTRY_WITHDRAWN = "entry-withdrawn"
    PAPER_CREATED = "paper-created"
    PAPER_CHANGED = "paper-changed"
    SECTION_CHANGED = "section-changed"
    SECTION_MOVED = "section-moved"
    EQUALITY_DUTY_CONFIRMED = "equality-duty-confirmed"
    EQUALITY_DUTY_REOPENED = "equality-duty-reopened"

    @property
    def label(self) -> str:
        """The event in words, such as "Update submitted"."""
        return self.value.replace("-", " ").capitalize()
