"""Who signs in: accounts, proven addresses, codes, roles at clinics."""
