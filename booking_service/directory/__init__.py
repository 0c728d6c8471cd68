"""Clinics, doctors, practices and services as rows, kept equal to content by sync."""
