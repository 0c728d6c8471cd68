"""The booking half: accounts, calendars, bookings and letters behind the static directory."""
