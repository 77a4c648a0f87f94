"""Pages on which field offices and headquarters follow progress."""
