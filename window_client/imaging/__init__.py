"""Arrays in, arrays out: find the page, flatten it, judge it, read its codes.

Import the modules lazily: they load OpenCV.
"""
