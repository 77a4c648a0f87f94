"""Equipping the field: settings codes for ODK Collect."""
