"""The directory half: checks content files and turns them into static pages; knows nothing of the service."""
