"""Sammano: a register-based census, from the register to the approved count."""
