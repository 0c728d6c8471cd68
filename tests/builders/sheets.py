"""Sheets with every component of the theme on them, and the folder from which a browser can be shown them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from theme.assets import Assets
from theme.environment import equip
from theme.words import speaking

TODAY = date(2027, 3, 2)
MOMENT = datetime(2027, 3, 5, 10, 30, tzinfo=UTC)
SHEETS = ("sheet.html", "desk_sheet.html")
NAMES = ("Ilze Bērziņa", "Ģirts Ķeniņš", "Žanete Ķirsone", "Oļegs Ivanovs", "Dace Krūmiņa", "Uldis Ērglis")
BOOKED = (
    ("desk", "state", "confirmed"),
    ("e", "state", "waiting"),
    ("desk", "state", "present"),
    ("e", "paid", "missed"),
    ("e", "paid", "held"),
)
KINDS = ("state", "paid", "e", "desk", "waiting", "confirmed", "present", "done", "missed", "cancelled", "held")


def environment() -> Environment:
    """A plain Jinja environment of the theme that also finds the sheets."""
    env = Environment()  # noqa: S701 - equip turns escaping on
    equip(env, Assets())
    assert env.loader is not None
    env.loader = ChoiceLoader([FileSystemLoader(Path(__file__).parents[1] / "theme"), env.loader])
    return env


def block(start: int, end: int, origin: str, payer: str, state: str) -> dict[str, object]:
    """A visit in a lane, by minutes since midnight."""
    time = f"{start // 60}.{start % 60:02d}"
    return {
        "from": start, "to": end, "time": time, "patient": "Grīnberga Elza", "href": "/v/", "origin": origin,
        "payer": payer, "state": state, "name": f"{time}, Grīnberga Elza, {state}", "state_text": state,
    }  # fmt: skip


def facts() -> dict[str, object]:
    """What the sheets show."""
    slugs = [(name.casefold().replace(" ", "-"), *name.split()) for name in NAMES]
    return {
        "path": "/", "site_url": "https://pieraksts.example", "moment": MOMENT,
        "days": [{"date": TODAY + timedelta(days=n), "level": int(c)} for n, c in enumerate("02001002001100")],
        "times": [
            {"value": "a", "label": "10.15", "name": "Trešdiena, 3. marts, 10.15"},
            {"value": "b", "label": "11.00", "state": "chosen"},
            {"value": "c", "label": "11.30", "state": "taken"},
        ],
        "names": [{"slug": slug, "given": given, "family": family} for slug, given, family in slugs],
        "kinds": [(kind, kind) for kind in KINDS],
        "lanes": [{
            "name": "Ilze Bērziņa", "room": "304. kab.",
            "hours": [{"payer": "state", "payer_text": "Valsts apmaksāts", "text": "8–12"}],
            "spans": [{"payer": "state", "from": 480, "to": 720}, {"payer": "paid", "from": 780, "to": 1020}],
            "blocks": [
                block(480 + 60 * hour, 510 + 60 * hour - 10 * (hour % 2), origin, payer, state)
                for hour, (origin, payer, state) in enumerate(BOOKED)
            ],
        }],
    }  # fmt: skip


def sheet(name: str, lang: str) -> str:
    """A sheet as a page in a language."""
    with speaking(lang):
        return environment().get_template(name).render(lang=lang, **facts())


def publish(folder: Path) -> None:
    """All sheets in all languages and the theme's files, as a web server's folder."""
    Assets().publish(folder / "theme")
    for lang in ("lv", "ru", "en"):
        for name in SHEETS:
            (folder / f"{lang}-{name}").write_text(sheet(name, lang), "utf-8")
