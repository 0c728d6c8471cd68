"""Where each page lives. A path is the same in every language; the language stands before it (Latvian has none)."""

from clinic_directory.schema import Address

HOME = "/"
DOCTORS = "/arsti/"
CLINICS = "/klinikas/"
INSURERS = "/apdrosinataji/"
GROUPS = "/grupas/"
CO_PAYMENTS = "/lidzmaksajumi/"
MISSING = "/404.html"


def doctor(slug: str) -> str:
    return f"{DOCTORS}{slug}/"


def clinic(slug: str) -> str:
    return f"{CLINICS}{slug}/"


def specialty(slug: str, town: str | None = None) -> str:
    return f"/{slug}/{town}/" if town else f"/{slug}/"


def town(slug: str) -> str:
    return f"/{slug}/"


def insurer(slug: str) -> str:
    return f"{INSURERS}{slug}/"


def group(slug: str) -> str:
    return f"{GROUPS}{slug}/"


def plain(slug: str) -> str:
    return f"/{slug}/"


def numbered(path: str, number: int) -> str:
    """The address of a later part of a list; the first part is the list's own address."""
    return path if number == 1 else f"{path}{number}/"


def search(specialty: str) -> str:
    """Where the service finds the doctors of a specialty."""
    return f"/search/?specialty={specialty}"


def booking(slug: str, clinic_slug: str | None = None, service: str | None = None) -> str:
    """Where the service begins a booking: with any of the doctor's services, or with one."""
    return f"/book/{slug}/{clinic_slug}/{service}/" if clinic_slug and service else f"/book/{slug}/"


def live(slug: str) -> str:
    return f"/book/{slug}/live"


def filtered(specialty: str, town: str | None = None) -> str:
    """Where the service filters and sorts the doctors of a list."""
    return f"/search/?specialty={specialty}" + (f"&town={town}" if town else "")


def spoken(path: str, lang: str) -> str:
    return path if lang == "lv" else f"/{lang}{path}"


def parted(address: str) -> tuple[str, str]:
    """An address as the language it begins with (empty for Latvian) and its path."""
    for lang in ("ru", "en"):
        if address.startswith(f"/{lang}/"):
            return lang, address.removeprefix(f"/{lang}")
    return "", address


def file_of(path: str, lang: str) -> str:
    """The file inside the output folder that answers at an address."""
    return (spoken(path, lang) + ("index.html" if path.endswith("/") else "")).lstrip("/")


def on_map(address: Address) -> str:
    """A public map with a pin at the door; nothing is loaded from it until a reader follows the link."""
    latitude, longitude = f"{address.latitude:.5f}", f"{address.longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
