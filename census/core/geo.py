"""One geometry type: a PostGIS column on PostgreSQL, well-known binary on SQLite.

Distances are worked out here and not by the database, so that they are the same on both engines.
"""

from __future__ import annotations

import math
from typing import Any

import shapely
from geoalchemy2 import Geometry
from geoalchemy2.elements import WKBElement
from geoalchemy2.shape import from_shape, to_shape
from shapely.affinity import affine_transform
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Dialect, Index, LargeBinary
from sqlalchemy.types import TypeDecorator, TypeEngine

WGS84 = 4326
"""Longitude and latitude in degrees."""

_SEMI_MAJOR_M = 6_378_137.0
_FLATTENING = 1 / 298.257_223_563
_ECCENTRICITY_SQUARED = _FLATTENING * (2 - _FLATTENING)


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


def metres_between(first: BaseGeometry, second: BaseGeometry) -> float:
    """How far two points are apart on the ground, in metres.

    Measured in the plane that touches the ellipsoid of WGS 84 between them, which within Thailand
    is less than 0.001 % from the geodesic up to 100 km.
    """
    (west, south), (east, north) = _degrees(first), _degrees(second)
    east_m, north_m = _metres_per_degree((south + north) / 2)
    return math.hypot((east - west) * east_m, (north - south) * north_m)


def metres_outside(outline: BaseGeometry, position: BaseGeometry) -> float:
    """How far a point is from the nearest edge of an outline, in metres; 0 within it.

    Measured in the plane that touches the ellipsoid of WGS 84 at the point, which within Thailand
    is less than 0.2 % from the geodesic up to 100 km.
    """
    longitude, latitude = _degrees(position)
    east_m, north_m = _metres_per_degree(latitude)
    to_plane = [east_m, 0, 0, north_m, -longitude * east_m, -latitude * north_m]
    return float(affine_transform(outline, to_plane).distance(Point(0, 0)))


def _degrees(point: BaseGeometry) -> tuple[float, float]:
    longitude, latitude = point.coords[0][:2]
    return longitude, latitude


def _metres_per_degree(latitude: float) -> tuple[float, float]:
    """The length of a degree of longitude and of latitude there, on the ellipsoid of WGS 84.

    From the radii of curvature in the prime vertical and in the meridian: `N = a ÷ √(1 - e² sin²φ)`
    and `M = a (1 - e²) ÷ √(1 - e² sin²φ)³`.
    """
    angle = math.radians(latitude)
    squeezed = math.sqrt(1 - _ECCENTRICITY_SQUARED * math.sin(angle) ** 2)
    prime_vertical = _SEMI_MAJOR_M / squeezed
    meridian = _SEMI_MAJOR_M * (1 - _ECCENTRICITY_SQUARED) / squeezed**3
    return math.radians(prime_vertical * math.cos(angle)), math.radians(meridian)
