"""Progress: response rates, thresholds, levels of the indicator."""
