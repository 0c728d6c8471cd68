"""Persons of an account and patients of a clinic."""
