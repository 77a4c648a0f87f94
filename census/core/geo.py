"""One geometry type: a PostGIS column on PostgreSQL, well-known binary on SQLite."""

from __future__ import annotations

from typing import Any

import shapely
from geoalchemy2 import Geometry
from geoalchemy2.elements import WKBElement
from geoalchemy2.shape import from_shape, to_shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Dialect, Index, LargeBinary
from sqlalchemy.types import TypeDecorator, TypeEngine

WGS84 = 4326
"""Longitude and latitude in degrees."""


class Geom(TypeDecorator[BaseGeometry]):
    """A column of shapely geometries of one kind, in WGS 84."""

    impl = LargeBinary
    cache_ok = True

    # GeoAlchemy2 looks for these on every geometry column while it makes the table.
    spatial_index = False
    use_N_D_index = False  # noqa: N815 - its name, not ours
    use_typmod = None
    management = False

    def __init__(self, geometry_type: str = "GEOMETRY", srid: int = WGS84) -> None:
        """Take geometries of this type only, for example `POINT`."""
        super().__init__()
        self.geometry_type = geometry_type
        self.srid = srid

    def load_dialect_impl(self, dialect: Dialect | None) -> TypeEngine[Any]:
        # GeoAlchemy2 probes with no dialect at all.
        if dialect is not None and dialect.name == "postgresql":
            column = Geometry(self.geometry_type, srid=self.srid, spatial_index=False)
            return dialect.type_descriptor(column)
        return LargeBinary()

    def process_bind_param(self, value: BaseGeometry | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if self.geometry_type not in ("GEOMETRY", value.geom_type.upper()):
            raise ValueError(f"expected {self.geometry_type}, got {value.geom_type}")
        if dialect.name == "postgresql":
            return from_shape(value, self.srid, extended=True)
        return shapely.to_wkb(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> BaseGeometry | None:
        if value is None:
            return None
        return to_shape(value) if isinstance(value, WKBElement) else shapely.from_wkb(bytes(value))


def gist_index(name: str, column: str) -> Index:
    """A spatial index on PostGIS; SQLite has none, a B-tree over bytes would be useless."""
    index = Index(name, column, postgresql_using="gist", info={"only": "postgresql"})
    return index.ddl_if(dialect="postgresql")
