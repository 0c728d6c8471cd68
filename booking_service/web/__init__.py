"""What all pages share: context, forms, sessions, headers, errors."""
