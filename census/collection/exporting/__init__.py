"""Writing all answers out for analysis: typed files without names, numbers or sealed text.

`contents.py` says what is in each file, `changes.py` which households changed since a mark,
`running.py` how the files are written from one look at the database.
"""
