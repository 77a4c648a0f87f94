"""Variables that follow from the answers, for tables and for the files given to analysts.

`ages`, `dwellings` and `persons` say something of one person or household; `indicators` sums up
counts of many. Nothing here looks at a database, and None always means: the answers do not tell.
"""
