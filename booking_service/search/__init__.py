"""Finding doctors by what is typed and chosen: over rows that sync derives from content, and their openings."""
