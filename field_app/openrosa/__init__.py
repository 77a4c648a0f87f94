"""OpenRosa: what ODK Collect speaks, so that it works here as it is."""

from field_app.openrosa.views import blueprint

__all__ = ["blueprint"]
