"""The command line's groups of commands; `cli.py` is the way in."""
