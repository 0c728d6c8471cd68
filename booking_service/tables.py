"""Every table, imported together: what migrations compare and tests create."""

import booking_service.accounts.models
import booking_service.bookings.models
import booking_service.calendars.models
import booking_service.directory.findings
import booking_service.directory.models
import booking_service.favourites.models
import booking_service.journal.models
import booking_service.mail.models
import booking_service.patients.models
import booking_service.security.models  # noqa: F401
from booking_service.db import Base

METADATA = Base.metadata
