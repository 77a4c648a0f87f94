"""The whole schema: every module that declares tables, found by its place in the packages."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

STAGES = ("accounts", "frame", "assignment", "collection", "review", "progress")
CORE_TABLES = ("events", "jobs", "stored_settings")
STAGE_TABLES = ("models", "answers", "resolutions", "attached", "area_findings", "buildings")


def import_every_model() -> None:
    """Import all modules with tables, so that the metadata knows them all."""
    for module in CORE_TABLES:
        import_module(f"census.core.{module}")
    for stage in STAGES:
        for module in STAGE_TABLES:
            name = f"census.{stage}.{module}"
            if find_spec(name):
                import_module(name)
