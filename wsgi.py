"""Starts the web server's application."""

from census.app import create_app
from census.web import request_log

request_log.configure()
app = create_app()
