"""What the three faces share: sign-in, permissions, refusals, languages, headers, health."""
