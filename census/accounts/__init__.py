"""People, roles, and the areas each answers for."""
