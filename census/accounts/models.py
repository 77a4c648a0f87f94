"""Tables of people and of the ways in: users, their areas, sessions, tokens, failed sign-ins."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from census.accounts.codelists import Role, TokenKind
from census.core.codes import CodeColumn
from census.core.db import Base


class User(Base):
    """Somebody who works for the census."""

    __tablename__ = "accounts_user"
    __table_args__ = (CheckConstraint("username = lower(username)", name="username_is_lower"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    role: Mapped[Role] = mapped_column(CodeColumn(Role))
    password_hash: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    areas: Mapped[list[UserArea]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class UserArea(Base):
    """An area somebody answers for: a code of any level."""

    __tablename__ = "accounts_user_area"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_user.id"), primary_key=True)
    area_code: Mapped[str] = mapped_column(primary_key=True)


class BrowserSession(Base):
    """A signed-in browser: only the hash of its random id is kept."""

    __tablename__ = "accounts_session"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_user.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Token(Base):
    """A bearer token: only its hash is kept."""

    __tablename__ = "accounts_token"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_user.id"), index=True)
    kind: Mapped[TokenKind] = mapped_column(CodeColumn(TokenKind))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    """To the hour; only kept for what is given out to the field."""


class SignInFailure(Base):
    """One failed sign-in, counted against the account, the address and everybody."""

    __tablename__ = "accounts_sign_in_failure"
    __table_args__ = (
        Index("ix_accounts_sign_in_failure_account", "account_hash", "at"),
        Index("ix_accounts_sign_in_failure_address", "address_hash", "at"),
        Index("ix_accounts_sign_in_failure_at", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_hash: Mapped[bytes]
    address_hash: Mapped[bytes]
    at: Mapped[datetime]
