"""What search engines read: JSON-LD, titles within their length, sitemaps and robots.txt."""
