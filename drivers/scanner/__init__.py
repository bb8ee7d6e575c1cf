"""Document scanners that speak eSCL."""
