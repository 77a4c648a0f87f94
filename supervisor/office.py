"""The blueprint on which every module of this face declares its pages."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint(
    "supervisor",
    __name__,
    url_prefix="/supervisor",
    template_folder="templates",
    static_folder="static",
)
