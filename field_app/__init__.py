"""The face for the field: what an enumerator has to do."""

from field_app.views import blueprint

__all__ = ["blueprint"]
