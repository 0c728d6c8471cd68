"""Encryption, personal codes, tokens and throttling; knows no Flask."""
