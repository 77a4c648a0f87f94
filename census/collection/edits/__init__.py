"""Edit rules: what may be wrong with a response, and how much it matters."""

from census.collection.edits.catalogue import CATALOGUE, sentence
from census.collection.edits.edit import Context, Edit, Finding, Step
from census.collection.edits.judging import judge

__all__ = ["CATALOGUE", "Context", "Edit", "Finding", "Step", "judge", "sentence"]
