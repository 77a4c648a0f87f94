"""The face for field offices and headquarters: pages that review, decide and follow progress."""

from supervisor.devices import file_views as tablet_file_views
from supervisor.devices import views as device_views
from supervisor.monitoring import views as monitoring_views
from supervisor.office import blueprint
from supervisor.problems import views as problem_views
from supervisor.quarantine import views as quarantine_views
from supervisor.review import photo_views, response_views
from supervisor.review import views as review_views

__all__ = [
    "blueprint",
    "device_views",
    "monitoring_views",
    "photo_views",
    "problem_views",
    "quarantine_views",
    "response_views",
    "review_views",
    "tablet_file_views",
]
