"""Texts in several languages, and the frozen base of every value made from content."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from clinic_directory import fields
from clinic_directory.vocabulary import LANGS


class Value(BaseModel):
    """Frozen; an unknown field is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Words(Value):
    """A text in Latvian and perhaps in Russian and English; a plain string is Latvian and serves all."""

    lv: str = Field(examples=["the text in Latvian"])
    ru: str | None = None
    en: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        return {"lv": value} if isinstance(value, str) else value

    def get(self, lang: str) -> str:
        """The text in this language, else in Latvian."""
        return self.own(lang) or self.lv

    def lang(self, lang: str) -> str:
        """The language that `get` really answers in."""
        return lang if self.own(lang) else "lv"

    def own(self, lang: str) -> str | None:
        """The text in this language, or None where there is none."""
        return {"lv": self.lv, "ru": self.ru, "en": self.en}.get(lang)


def _lines(words: Words) -> Words:
    return _each(words, fields.line)


def _notes(words: Words) -> Words:
    return _each(words, fields.note)


def _each(words: Words, check: Callable[[str], str]) -> Words:
    faults = []
    for lang in LANGS:
        try:
            if (text := words.own(lang)) is not None:
                check(text)
        except fields.FieldError as wrong:
            faults += [fields.Fault((lang,), fault.text, fault.instead) for fault in fields.faults_of(wrong)]
    if faults:
        raise fields.refused_together(faults)
    return words


ShortWords = Annotated[Words, AfterValidator(_lines), Field(examples=["{lv: …, ru: …, en: …}"])]
LongWords = Annotated[Words, AfterValidator(_notes), Field(examples=["{lv: …, ru: …, en: …}"])]
