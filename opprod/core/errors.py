"""Errors whose messages are written for the person who caused them.

Everything a service refuses is a ``DomainError``; the web floor turns each kind into its page and the shell
prints its message. Any other exception is a fault of ours.
"""


class DomainError(Exception):
    """A request that makes sense but cannot be carried out; the message says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidInput(DomainError):
    """A value that cannot be accepted; ``field`` names the form field or cell it came from."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class NotAllowed(DomainError):
    """The person may not do this to this record."""


class NotFound(DomainError):
    """There is no such record, or none this person may know of."""


class Conflict(DomainError):
    """The record changed since the person opened it."""


class WrongState(DomainError):
    """The record is not in a state that allows the change."""


class TooManyAttempts(DomainError):
    """So many attempts failed that further ones must wait."""


class SignedOut(DomainError):
    """The person sent a form, but is not signed in, or no longer."""
