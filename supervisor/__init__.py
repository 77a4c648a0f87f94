"""The face for field offices and headquarters: pages that review, decide and follow progress."""

from supervisor.monitoring import views as monitoring_views
from supervisor.office import blueprint
from supervisor.review import views as review_views

__all__ = ["blueprint", "monitoring_views", "review_views"]
