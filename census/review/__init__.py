"""Review: one batch per enumeration area, approved or returned."""
