"""Joins the language files of a plain page: `help.lv.md`, `help.ru.md` and `help.en.md` are one page."""

from collections.abc import Mapping

from clinic_directory.cards import Card
from clinic_directory.problems import Problem
from clinic_directory.schema import Page, PageFile
from clinic_directory.validation import value_of
from clinic_directory.vocabulary import LANGS, Lang
from clinic_directory.words import Words


def pages(cards: Mapping[str, Card], problems: list[Problem]) -> dict[str, Page]:
    """Pages by slug from cards by `slug.lang`; the Latvian file is the one that marks which languages there are."""
    grouped: dict[str, dict[Lang, Card]] = {}
    for name, card in cards.items():
        slug, _, suffix = name.rpartition(".")
        for lang in LANGS:
            if lang == suffix:
                grouped.setdefault(slug, {})[lang] = card
    found: dict[str, Page] = {}
    for slug, files in sorted(grouped.items()):
        if page := _page(slug, files, problems):
            found[slug] = page
    return found


def _page(slug: str, files: dict[Lang, Card], problems: list[Problem]) -> Page | None:
    known = len(problems)
    if "lv" not in files:
        problems.append(Problem(f"pages/{slug}.lv.md", None, "", "is missing", "write the page in Latvian"))
    values = {lang: _value(files[lang], lang, problems) for lang in LANGS if lang in files}
    languages = _languages(slug, files, values, problems)
    sound = {lang: value for lang, value in values.items() if value is not None}
    if len(problems) > known or len(sound) < len(files):
        return None
    return Page(
        slug=slug,
        files=tuple(files[lang].file for lang in languages),
        languages=languages,
        title=Words.model_validate({lang: value.title for lang, value in sound.items()}),
        description=Words.model_validate({lang: value.description for lang, value in sound.items()}),
        menu=sound["lv"].menu,
        text=Words.model_validate({lang: files[lang].parts[0].text.strip("\n") for lang in languages}),
    )


def _value(card: Card, lang: Lang, problems: list[Problem]) -> PageFile | None:
    if not card.readable:
        return None
    if not card.parts:
        problems.append(card.problem((), "has no text", "write it below the second ---"))
    if len(card.parts) > 1 or any(part.lang != "lv" for part in card.parts):
        text = 'has "===" language lines, yet a page has a file for each language'
        problems.append(Problem(card.file, card.parts[-1].line - 1, "", text, "move each text to its own file"))
    if lang != "lv" and "languages" in card.tree:
        problems.append(card.problem(("languages",), "is marked in the Latvian file only", "leave it out"))
    return value_of(PageFile, card.tree, {}, card.source, problems)


def _languages(
    slug: str, files: dict[Lang, Card], values: Mapping[Lang, PageFile | None], problems: list[Problem]
) -> tuple[Lang, ...]:
    """The languages the page exists in, after noting where mark and files differ."""
    first = values.get("lv")
    if first is None:
        return ()
    there = [lang for lang in LANGS if lang in files]
    marked = tuple(lang for lang in LANGS if lang in first.languages)
    for lang in LANGS:
        file = f"pages/{slug}.{lang}.md"
        if lang in marked and lang not in files:
            instead = f"write it, or mark the page: languages: [{', '.join(there)}] in pages/{slug}.lv.md"
            problems.append(Problem(file, None, "", "is missing", instead))
        if lang in files and lang not in marked:
            text = f'leaves out "{lang}", yet {file} is there'
            problems.append(files["lv"].problem(("languages",), text, f"add {lang}"))
    menus = {value.menu for value in values.values() if value}
    if len(menus) > 1:
        problems.append(files["lv"].problem(("menu",), "differs between the languages", "write the same in each file"))
    return marked
