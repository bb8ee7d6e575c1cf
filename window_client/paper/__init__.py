"""What is printed: receipt lines, from facts."""
