"""Document scanners: eSCL, SANE, WIA, and a folder that another program fills."""
