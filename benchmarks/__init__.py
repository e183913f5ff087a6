"""How fast it is, against the databases' own limit and against other ways to do the same; see `docs/speed.md`."""
