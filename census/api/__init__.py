"""The faces for machines."""
