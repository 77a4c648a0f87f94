"""The published questionnaires: their source in git, and the forms that are built from it."""
