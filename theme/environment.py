"""Makes a Jinja environment ours: the service's and the site generator's alike."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from theme import formats, plates, strips, words
from theme.assets import Assets

TEMPLATES = Path(__file__).parent / "templates"


def address(path: str, lang: str | None = None) -> str:
    """The address of a page in a language: `/ru/arsti/` for `/arsti/`; Latvian has no prefix."""
    spoken = lang or words.current()
    return path if spoken == "lv" else f"/{spoken}{path}"


def sentence_case(text: str) -> str:
    """The text with its first letter made capital and the rest left alone."""
    return type(text)(text[:1].upper() + text[1:])


def equip(env: Environment, assets: Assets | None = None) -> None:
    """Give `env` the theme's templates, words, filters and globals. Call it before the first template is loaded."""
    assets = assets or Assets()
    env.loader = FileSystemLoader(TEMPLATES)
    env.autoescape = select_autoescape(("html", "xml", "svg"), default_for_string=True)
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.policies["ext.i18n.trimmed"] = True
    env.add_extension("jinja2.ext.i18n")
    env.add_extension("jinja2.ext.do")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext, npgettext=words.npgettext
    )
    env.filters.update({name: getattr(formats, name) for name in formats.FILTERS})
    env.filters["sentence_case"] = sentence_case
    env.globals.update(
        address=address,
        asset=assets.url,
        language=words.current,
        languages=words.LANGS,
        plate_marks=plates.marks,
        initials=plates.initials,
        strip_marks=strips.strip_marks,
        step_marks=strips.step_marks,
    )
