"""What letters to the editors of content tell, and the answer to who wrote by a form: plain JSON, as all facts.

Editors read their letters in their own language. What strangers typed stands in those alone: the answer quotes nothing,
so that nobody can have us send words of theirs to a third person.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class JoinFacts:
    """A clinic applies. `files` are [name in content, text], `patch` adds them all, `open` is what the reader says of
    them: [file, line, field, words]. `proven` says that the sender has shown by a code that the address is theirs."""

    clinic: str
    contact_name: str
    contact_email: str
    contact_phone: str
    files: list[list[str]]
    patch: str
    open: list[list[str]] = field(default_factory=list)
    # The sender's language and own words to the editors.
    spoken: str = "lv"
    word: str = ""
    proven: bool = False


@dataclass(frozen=True)
class ReceivedFacts:
    """To who applied: so many doctors were in it."""

    doctors: int = 0


@dataclass(frozen=True)
class ReportFacts:
    """An error in a card: `card` is doctor or clinic, `what` a code of the form, `email` may be empty."""

    card: str
    slug: str
    name: str
    what: str
    word: str
    email: str = ""
    spoken: str = "lv"


@dataclass(frozen=True)
class Attachment:
    """A file of a letter; `subtype` of text is "markdown" or "x-patch"."""

    name: str
    subtype: str
    text: str


def attachments(facts: JoinFacts) -> tuple[Attachment, ...]:
    """The cards one by one, to be looked at and mended, and the patch that `make apply-correction` takes."""
    cards = [Attachment(name.rpartition("/")[2], "markdown", text) for name, text in facts.files]
    # Two cards of one name in different folders would be one file in the editor's folder.
    names = [card.name for card in cards]
    cards = [
        Attachment(facts.files[at][0].replace("/", "-"), card.subtype, card.text)
        if names.count(card.name) > 1
        else card
        for at, card in enumerate(cards)
    ]
    return (*cards, Attachment(f"{names[0].removesuffix('.md')}.patch", "x-patch", facts.patch))
