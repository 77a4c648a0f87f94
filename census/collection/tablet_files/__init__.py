"""Files that a tablet writes as the last resort: opened with the office's key, and taken in."""
