"""An account's own ordered list of doctors."""
