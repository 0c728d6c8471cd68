"""One look and one voice for both halves: words, formats, assets, plates and templates. Imports neither half."""
