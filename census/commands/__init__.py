"""The commands of the operator, one file for each subject; `census/cli.py` lists them."""
