"""Accounts for tests."""

from itertools import count

from opprod.accounts import Role, User, services
from opprod.core.regions import Region

PASSWORD = "correct horse battery"

_numbers = count(1)


def a_user(role: Role = Role.STAFF, *, region: Region | None = None, name: str | None = None) -> User:
    """A new person of a role, whose password is ``PASSWORD``; a regional lead leads London unless told."""
    number = next(_numbers)
    return services.create_account(
        email=f"{role.value}{number}@test.example",
        name=name or f"{role.label} {number}",
        role=role,
        region=region or (Region.LONDON if role is Role.REGIONAL_LEAD else None),
        password=PASSWORD,
        actor=services.system_actor(),
    )
