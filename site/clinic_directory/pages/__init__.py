"""What stands on each kind of page: a directory and a language become titles, facts and JSON-LD."""
