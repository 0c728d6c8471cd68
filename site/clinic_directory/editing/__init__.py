"""What an editor of content works with: a check with warnings, new cards, corrections, schemas, a preview."""
