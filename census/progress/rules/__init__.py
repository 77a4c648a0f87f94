"""The arithmetic of progress: thresholds, levels, rates and plans, as plain functions."""
