"""The rules of the counter: pure, without input or output, threads or a clock of their own."""
