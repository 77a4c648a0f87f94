"""Pages on which an office looks at what waits in quarantine, and puts it right."""
