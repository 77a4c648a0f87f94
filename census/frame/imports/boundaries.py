"""Importing the outlines of enumeration areas from GeoJSON.

Outlines are drawn again as maps get better, so unlike the rest of the frame an import may replace
them; no count depends on them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity
from sqlalchemy import Column, Text, exists, func, select, update

from census.core.geo import WGS84
from census.frame.codelists import ImportKind
from census.frame.imports.faults import RowFault, shown
from census.frame.imports.kinds import FileKind, Stored
from census.frame.imports.reading import ImportFile
from census.frame.imports.reasons import (
    BLANK,
    EMPTY_FILE,
    INVALID_SHAPE,
    NOT_A_POLYGON,
    NOT_GEOJSON,
    OUTSIDE_COUNTRY,
    UNKNOWN_AREA,
    WRONG_ENCODING,
    Reason,
)
from census.frame.imports.staging import StagedGeometry, staged_table
from census.frame.models import EnumerationArea


class BoundariesFile(FileKind):
    """A GeoJSON FeatureCollection; a fault's line is the number of its feature."""

    kind = ImportKind.BOUNDARIES
    table = staged_table(
        "boundaries", Column("ea_code", Text), Column("boundary", StagedGeometry())
    )

    def staged_rows(self, file: ImportFile) -> Iterator[tuple[Any, ...]]:
        for number, feature in enumerate(self._features(file), start=1):
            ea_code = self._ea_code(number, feature)
            yield number, ea_code, self._boundary(number, feature)

    def check(self) -> None:
        rows = self.table
        is_known = exists().where(EnumerationArea.code == rows.c.ea_code)
        self.staging.note_duplicates("ea_code")
        self.staging.note_rows(UNKNOWN_AREA, "ea_code", rows.c.ea_code.is_not(None) & ~is_known)

    def store(self) -> Stored:
        rows, stored = self.table, EnumerationArea.__table__.c
        here = rows.c.ea_code == EnumerationArea.code
        added = self.session.scalar(
            select(func.count())
            .select_from(rows.join(EnumerationArea, here))
            .where(stored.boundary.is_(None))
        )
        moved = exists().where(here, rows.c.boundary.is_distinct_from(stored.boundary))
        written = self.execute(
            update(EnumerationArea)
            .where(moved)
            .values(boundary=select(rows.c.boundary).where(here).scalar_subquery())
            .execution_options(synchronize_session=False)
        )
        return Stored(added=added or 0, changed=written - (added or 0))

    def _features(self, file: ImportFile) -> list[Any]:
        try:
            content = json.loads(file.everything().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            self._note(1, "", "", WRONG_ENCODING, str(error.start))
            return []
        except (ValueError, RecursionError) as error:
            self._note(1, "", "", NOT_GEOJSON, shown(str(error)))
            return []
        features = content.get("features") if isinstance(content, dict) else None
        if not isinstance(features, list) or content.get("type") != "FeatureCollection":
            self._note(1, "", "", NOT_GEOJSON, "FeatureCollection")
            return []
        if not features:
            self._note(1, "", "", EMPTY_FILE)
        return features

    def _ea_code(self, number: int, feature: Any) -> str | None:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        ea_code = properties.get("ea_code") if isinstance(properties, dict) else None
        if not ea_code or not isinstance(ea_code, str | int):
            self._note(number, "ea_code", "", BLANK)
            return None
        return str(ea_code)

    def _boundary(self, number: int, feature: Any) -> str | bytes | None:
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        outline = _outline(geometry)
        if outline is None:
            kind = geometry.get("type") if isinstance(geometry, dict) else ""
            self._note(number, "geometry", shown(str(kind)), NOT_A_POLYGON)
            return None
        if not outline.is_valid:
            self._note(number, "geometry", "", INVALID_SHAPE, shown(explain_validity(outline)))
            return None
        if not self._is_inside(number, outline):
            return None
        return _stored(outline, postgresql=self.staging.is_postgresql)

    def _is_inside(self, number: int, outline: MultiPolygon) -> bool:
        west, south, east, north = outline.bounds
        box = self.conventions.bounds
        if box.west <= west and east <= box.east and box.south <= south and north <= box.north:
            return True
        limits = f"{box.south}–{box.north} N, {box.west}–{box.east} E"
        found = f"{south:g}–{north:g} N, {west:g}–{east:g} E"
        self._note(number, "geometry", found, OUTSIDE_COUNTRY, limits)
        return False

    def _note(self, number: int, column: str, value: str, reason: Reason, fact: str = "") -> None:
        self.staging.note(RowFault(number, column, value, reason, fact))


def _outline(geometry: Any) -> MultiPolygon | None:
    """The geometry as a flat, non-empty MultiPolygon, if it is a polygon at all."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return None
    try:
        drawn: BaseGeometry = shapely.force_2d(shape(geometry))
    except (ShapelyError, ValueError, TypeError, IndexError, KeyError):
        return None
    if drawn.is_empty:
        return None
    if isinstance(drawn, Polygon):
        return MultiPolygon([drawn])
    return drawn if isinstance(drawn, MultiPolygon) else None


def _stored(outline: MultiPolygon, *, postgresql: bool) -> str | bytes:
    if not postgresql:
        return shapely.to_wkb(outline)
    return shapely.to_wkb(shapely.set_srid(outline, WGS84), hex=True, include_srid=True)
