"""The one append-only record of who saw, changed, revealed or exported what."""
