"""A rule says no by raising Refusal with a code; the edge turns it into words, JSON or an exit code.

Every code has a sentence in every language in the catalogues (msgid `refusal.<code>`), or a test fails.
"""


class Refusal(Exception):
    """A rule's no. `code` is lower-case-with-dashes; `facts` are values that the sentence may name.

    A `counted` refusal must leave its trace, a used try: the transaction keeps what was written before it was raised.
    """

    def __init__(self, code: str, *, counted: bool = False, **facts: object) -> None:
        super().__init__(code)
        self.counted = counted
        self.code = code
        self.facts = facts
