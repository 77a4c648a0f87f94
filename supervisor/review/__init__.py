"""Pages on which a supervisor reads what came in, and approves or returns it."""
