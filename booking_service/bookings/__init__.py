"""Bookings: states, rules, free times, actions, letters."""
