"""Who may call which route: declared beside every route, judged before anything is looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from census.accounts.actors import Actor
from census.accounts.codelists import HOLDERS, Permission, Role
from census.accounts.errors import TokenRevoked
from census.core import db, events
from census.core.clock import utcnow
from census.core.errors import Forbidden, Unauthenticated
from census.web import callers
from census.web.built_files import built_file

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "_census_declaration"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a route says about its callers: everybody, or whoever holds one of the permissions."""

    permissions: tuple[Permission, ...] = ()
    takes_revoked: bool = False

    @property
    def is_public(self) -> bool:
        """Whether nobody needs to sign in for it."""
        return not self.permissions

    def admits(self, role: Role) -> bool:
        """Whether this role may call the route."""
        return self.is_public or any(role in HOLDERS[permission] for permission in self.permissions)


@dataclass(frozen=True, slots=True)
class DeclaredRoute:
    """One row of the table of routes: the rule, its methods, and who may call it."""

    rule: str
    endpoint: str
    methods: frozenset[str]
    declaration: Declaration


class UndeclaredRoute(Exception):  # noqa: N818 - the application does not start
    """A route does not say who may call it."""


def requires(*permissions: Permission, takes_revoked: bool = False) -> Callable[[View], View]:
    """Let only those call the view who hold one of the permissions.

    `takes_revoked` also lets a known but revoked tablet in, so that what it still holds can be
    kept; the view then looks at `current_actor().is_revoked`.
    """
    if not permissions:
        raise ValueError("name a permission, or declare the view public")
    return _marking(Declaration(permissions, takes_revoked))


def public(view: View) -> View:
    """Let everybody call the view."""
    return _marking(Declaration())(view)


def current_actor() -> Actor:
    """Whoever makes this request; only on routes that require a permission."""
    actor = signed_in_actor()
    if actor is None:
        raise Unauthenticated
    return actor


def signed_in_actor() -> Actor | None:
    """Whoever makes this request, or nobody."""
    if "actor" not in g:
        g.actor = callers.actor_of_request()
    return cast("Actor | None", g.actor)


def declared_routes(app: Flask) -> Iterator[DeclaredRoute]:
    """Every route with who may call it; raises for the first that does not say."""
    for rule in app.url_map.iter_rules():
        declaration = _declaration_of(app, rule.endpoint)
        if declaration is None:
            raise UndeclaredRoute(f"{rule.rule} ({rule.endpoint}) does not say who may call it")
        methods = frozenset(rule.methods or ()) - {"HEAD", "OPTIONS"}
        yield DeclaredRoute(rule.rule, rule.endpoint, methods, declaration)


def check_every_route(app: Flask) -> None:
    """Refuse to start while a route does not say who may call it."""
    for _route in declared_routes(app):
        pass


def open_static_files(app: Flask) -> None:
    """Declare the built styles and scripts of every face public: they hold nothing personal."""
    for name, face in app.blueprints.items():
        if face.static_folder is not None:
            app.view_functions[f"{name}.static"] = _file_view(Path(face.static_folder))


def enforce() -> ResponseReturnValue | None:
    """Before every request: judge the caller by the declaration of the route."""
    if request.endpoint is None:
        return None
    declaration = _declaration_of(current_app, request.endpoint)
    if declaration is None:
        raise Forbidden
    if declaration.is_public:
        return None
    actor = signed_in_actor()
    if actor is None:
        raise Unauthenticated
    if actor.is_revoked and not declaration.takes_revoked:
        raise TokenRevoked
    if not declaration.admits(actor.role):
        _record_refusal(actor)
        raise Forbidden
    return None


def _marking(declaration: Declaration) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, _MARK, declaration)
        return view

    return mark


def _file_view(folder: Path) -> Callable[..., Any]:
    """In the place of Flask's own view, which knows nothing of files compressed by the build."""

    def serve_file(filename: str) -> Response:
        return built_file(folder, filename)

    return public(serve_file)


def _declaration_of(app: Flask, endpoint: str) -> Declaration | None:
    found = getattr(app.view_functions[endpoint], _MARK, None)
    return found if isinstance(found, Declaration) else None


def _record_refusal(actor: Actor) -> None:
    rule = request.url_rule.rule if request.url_rule else ""
    with db.transaction() as session:
        events.record(
            session,
            actor,
            "permission.refused",
            rule,
            at=utcnow(),
            details={"method": request.method, "role": actor.role.value},
        )
