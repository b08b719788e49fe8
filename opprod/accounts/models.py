"""Users, their sessions, and the count of refused sign-ins."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from opprod.accounts.permissions import GRANTS, Permission, Role
from opprod.core.regions import Region
from opprod.db import Base, Member, Moment


class User(Base):
    """A person with an account, or the system itself (``is_system``), which can never sign in."""

    __tablename__ = "user"
    __table_args__ = (CheckConstraint("(role = 'regional-lead') = (region IS NOT NULL)", name="lead_has_region"),)
    __secret__ = frozenset({"password_hash"})
    # Flask-Login asks these of whoever is signed in.
    is_authenticated = True
    is_anonymous = False

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True, doc="In lower case.")
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(Member(Role))
    region: Mapped[Region | None] = mapped_column(Member(Region))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    is_system: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own form

    def __str__(self) -> str:
        return self.name

    def can(self, permission: Permission) -> bool:
        """Whether this person's role grants a permission."""
        return self.is_active and permission in GRANTS[self.role]


class UserSession(Base):
    """One sign-in. The browser holds a random token, the database its hash, so that ending it here ends it."""

    __tablename__ = "user_session"
    __audited__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class RefusedSignIn(Base):
    """A sign-in that failed, counted over every web worker and across restarts."""

    __tablename__ = "refused_sign_in"
    __table_args__ = (Index(None, "email", "at"), Index(None, "address", "at"))
    __audited__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    email: Mapped[str] = mapped_column(String(254))
    address: Mapped[str] = mapped_column(String(45))
