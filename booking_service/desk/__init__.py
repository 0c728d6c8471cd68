"""Pages for clinic staff."""
