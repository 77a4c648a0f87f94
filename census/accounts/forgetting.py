"""What is over is forgotten after a while: sessions, API tokens, and failed sign-ins.

The tokens of tablets are kept for good: a tablet that comes back after months must still be known,
so that what it holds is taken in and quarantined rather than refused.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from census.accounts.codelists import TokenKind
from census.accounts.models import BrowserSession, SignInFailure, Token
from census.accounts.rules import MEMORY

KEPT_WHEN_OVER = timedelta(days=30)
"""Long enough to look into how somebody got in."""


def forget_what_is_over(session: Session, *, at: datetime) -> None:
    """Delete sessions and API tokens that are long over, and failures that count no more."""
    long_over = at - KEPT_WHEN_OVER
    session.execute(delete(BrowserSession).where(BrowserSession.expires_at < long_over))
    session.execute(delete(Token).where(Token.kind == TokenKind.API, Token.expires_at < long_over))
    session.execute(delete(SignInFailure).where(SignInFailure.at < at - MEMORY))
