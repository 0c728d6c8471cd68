"""When a practice can be booked: weekly hours, exceptions, days off, holidays."""
