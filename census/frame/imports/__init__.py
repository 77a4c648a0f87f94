"""Importing the files of the frame: read in a stream, checked row by row, kept whole or not at all.

A file is staged in a temporary table while it is read, checked there against itself and against
the database in whole sets, and then moved into place by one statement. Nothing is ever held in
memory but a few thousand rows.
"""
