"""Visit head, done rows, upcoming row and action bar."""
