"""Content's words inside a page: a text that lacks this page's language is shown in Latvian and says so."""

from markupsafe import Markup, escape

from clinic_directory import markdown
from clinic_directory.schema import Words
from theme.words import current


def told(words: Words) -> Markup:
    """The words as HTML, wrapped in a `lang` where they are not in the language of the page."""
    lang = current()
    text = escape(words.get(lang))
    spoken = words.lang(lang)
    return text if spoken == lang else Markup('<span lang="{}">{}</span>').format(spoken, text)


def told_at_length(words: Words) -> Markup:
    """Markdown as HTML, in a block that names its language where it is not the page's."""
    lang = current()
    spoken = words.lang(lang)
    html = Markup(markdown.html(words.get(lang)))  # noqa: S704 - cmark's safe mode lets no raw HTML through
    return html if spoken == lang else Markup('<div lang="{}">{}</div>').format(spoken, html)


def plain(words: Words) -> str:
    """The words where no language can be named, as in a title."""
    return words.get(current())
