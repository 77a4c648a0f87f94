"""`python -m census` is the command line."""

from census.cli import main

main()
