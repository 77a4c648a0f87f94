"""What stands in the way in the field."""
