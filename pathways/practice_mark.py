"""What every paper, page, calendar and message of a practice store says of itself, so that none is taken for a real one."""

BANNER = "PRACTICE DATA"
MARK = f"{BANNER}, nobody here is real"
