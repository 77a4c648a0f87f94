"""What every stage stands on: database, events, jobs, errors, clock, geometry, sealing, locale."""
