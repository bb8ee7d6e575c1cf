"""The manual, read inside the program: pages in both languages, a table of contents, and a search."""
