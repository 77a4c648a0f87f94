"""The household instance: what a questionnaire sends back, parsed safely and read into answers."""
