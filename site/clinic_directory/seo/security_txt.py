"""`/.well-known/security.txt` (RFC 9116): whom to tell about a hole in the site."""

from datetime import date, timedelta

from clinic_directory.edition import Site

PATH = ".well-known/security.txt"
LEAST, MOST = timedelta(days=30), timedelta(days=365)


class ExpiryError(Exception):
    """The day on which the file ends is too near or too far."""


def security_txt(site: Site, today: date) -> bytes | None:
    """None where the deployment names no contact; ExpiryError when its day must be set anew."""
    if not site.security_contact or not site.security_expires:
        return None
    if not LEAST <= site.security_expires - today <= MOST:
        raise ExpiryError(
            f"SECURITY_EXPIRES is {site.security_expires}: set a day between {today + LEAST} and {today + MOST}"
        )
    return (
        f"Contact: {site.security_contact}\n"
        f"Expires: {site.security_expires}T00:00:00Z\n"
        "Preferred-Languages: lv, en\n"
        f"Canonical: {site.url}/{PATH}\n"
    ).encode()
