"""Forms on WTForms: validators say codes, our macros turn them into sentences, and typed text always comes back."""

from typing import Any, ClassVar

from wtforms import Field, Form
from wtforms.validators import StopValidation, ValidationError


class Codes:
    """WTForms asks for translations; ours leave every message as the code that it is."""

    def gettext(self, string: str) -> str:
        return string

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return singular if n == 1 else plural


class CodeForm(Form):
    """A form whose errors are codes such as `email-no-at`."""

    class Meta:
        def get_translations(self, _form: Form) -> Codes:
            return Codes()

    def mistakes(self) -> list[tuple[str, str]]:
        """Name of field and code of its first mistake, in the order of the page."""
        return [(field.name, str(field.errors[0])) for field in self if field.errors]


class Needed:
    """Refuse an empty field with `code`, before any other check."""

    field_flags: ClassVar = {"required": True}

    def __init__(self, code: str) -> None:
        self.code = code

    def __call__(self, _form: Form, field: Field) -> None:
        if not (field.data or "").strip():
            raise StopValidation(self.code)


class AtMost:
    """Refuse a text longer than its column with `code`."""

    def __init__(self, length: int, code: str) -> None:
        self.length = length
        self.code = code

    def __call__(self, _form: Form, field: Field) -> None:
        if len(field.data or "") > self.length:
            raise ValidationError(self.code)


def tidy(text: Any) -> Any:
    """One space between words, none around; names and addresses are pasted with stray ones."""
    return " ".join(text.split()) if isinstance(text, str) else text
