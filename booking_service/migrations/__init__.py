"""The database's history: numbered steps from an empty file to today's tables."""
