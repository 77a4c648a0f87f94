"""The tablet app in a browser, on the real application."""
