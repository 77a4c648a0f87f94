"""Practice data: an invented frame on the real area tree, and a field period under way.

Nobody in it exists. Identity numbers are of registration offices 9900 to 9999, which do not exist
either. What is invented goes the same ways as what is real: import files, submissions, visits and
decisions.
"""
