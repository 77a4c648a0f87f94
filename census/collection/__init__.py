"""Collection: questionnaires, visits, submissions, in every mode."""
