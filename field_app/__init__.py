"""The face for the field: what an enumerator has to do, and what ODK Collect speaks."""

from field_app.openrosa import blueprint as openrosa_face
from field_app.views import blueprint

__all__ = ["blueprint", "openrosa_face"]
