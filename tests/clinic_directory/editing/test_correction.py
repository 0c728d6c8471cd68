"""`make apply-correction`: a patch from a letter is taken over whole and sound, or not at all."""

import subprocess
from email.message import EmailMessage
from pathlib import Path

import pytest
from clinic_directory.editing import correction
from clinic_directory.editing.difference import patch
from clinic_directory.editing.patches import FilePatch, Hunk, PatchError, applied, parse

from tests.builders.content import DOCTOR, change
from tests.builders.sites import inside_of

CARD = "doctors/ilze-berzina.md"


def a_patch(old: str, new: str, file: str = CARD) -> str:
    """As the service writes it into a letter; without `old` the file is new."""
    return patch({file: (old or None, new)})


PRICE = a_patch(DOCTOR, DOCTOR.replace('price: "55.00"', 'price: "60.00"'))


def a_letter(*attachments: tuple[str, str]) -> bytes:
    letter = EmailMessage()
    letter["Subject"] = "Labojums kartītē"
    letter.set_content("Labdien!\n\nLūdzu, nomainiet cenu. „Paldies”\n")
    for name, text in attachments:
        letter.add_attachment(text.encode(), maintype="text", subtype="x-patch", filename=name)
    return letter.as_bytes()


def apply(content: Path, given: str | bytes, name: str = "labojums.patch") -> int:
    file = content.parent / name
    file.write_bytes(given.encode() if isinstance(given, str) else given)
    return correction.main(["--content", str(content), str(file)])


def test_a_sound_correction_changes_the_card_and_nothing_else(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = inside_of(content)

    assert apply(content, PRICE) == 0

    after = inside_of(content)
    assert {name for name in before | after if before.get(name) != after.get(name)} == {CARD}
    assert after[CARD].decode() == DOCTOR.replace('price: "55.00"', 'price: "60.00"')
    said = capsys.readouterr().out
    assert '-        price: "55.00"\n+        price: "60.00"' in said
    assert "Applied to doctors/ilze-berzina.md" in said


def test_a_saved_letter_is_as_good_as_the_patch_that_it_carries(content: Path) -> None:
    assert apply(content, a_letter(("kartite.patch", PRICE)), "letter.eml") == 0
    assert 'price: "60.00"' in (content / CARD).read_text()


@pytest.mark.parametrize("attached", [[], [("a.patch", PRICE), ("b.patch", PRICE)]])
def test_a_letter_without_one_clear_patch_is_refused(
    content: Path, attached: list[tuple[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert apply(content, a_letter(*attached), "letter.eml") == 1
    assert "patches attached" in capsys.readouterr().err


def test_what_git_itself_writes_is_understood(content: Path) -> None:
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=content, check=True)
    change(content, CARD, 'price: "55.00"', 'price: "60.00"')
    change(content, "lists/kardiologs--riga.md", "Rīgas kardiologi.", "Kardiologi Rīgā.")
    made = subprocess.run(["git", "diff"], cwd=content, capture_output=True, check=True).stdout
    subprocess.run(["git", "checkout", "-q", "."], cwd=content, check=True)

    assert apply(content, made.replace(b"\n", b"\r\n")) == 0

    assert 'price: "60.00"' in (content / CARD).read_text()
    assert "Kardiologi Rīgā." in (content / "lists/kardiologs--riga.md").read_text()


def test_a_new_card_may_come_as_a_patch(content: Path) -> None:
    card = DOCTOR.replace("old_slugs: [ilze-kalnina]\n", "").replace("Ilze\n", "Anna\n")

    assert apply(content, a_patch("", card, "doctors/anna-berzina.md")) == 0
    assert (content / "doctors/anna-berzina.md").read_text() == card


def test_a_correction_that_the_reader_refuses_leaves_everything(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = inside_of(content)

    assert apply(content, a_patch(DOCTOR, DOCTOR.replace("clinic: juras-prakse", "clinic: juras-praks"))) == 1

    assert inside_of(content) == before
    said = capsys.readouterr()
    assert 'did you mean "juras-prakse"?' in said.out
    assert "Content stays as it was." in said.err


def test_a_card_that_changed_elsewhere_meanwhile_takes_the_correction_still(content: Path) -> None:
    change(
        content, CARD, "given: Ilze\n", "given: Ilze\nlay_title: {lv: sirds ārste}\n".replace("lay_title", "prefix_")
    )
    change(content, CARD, "prefix_: {lv: sirds ārste}\n", "# piezīme\n# vēl viena\n")

    assert apply(content, PRICE) == 0
    assert 'price: "60.00"' in (content / CARD).read_text()


@pytest.mark.parametrize(
    ("now", "said"),
    [('price: "58.00"', "has changed since"), ('price: "60.00"', "is applied already")],
)
def test_a_correction_of_lines_that_have_changed_is_refused(
    content: Path, now: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change(content, CARD, 'price: "55.00"', now)
    before = inside_of(content)

    assert apply(content, PRICE) == 1
    assert said in capsys.readouterr().err
    assert inside_of(content) == before


OUT = "--- a/{0}\n+++ b/{0}\n@@ -1 +1 @@\n-a\n+b\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (OUT.format("content/../Makefile"), "no text of content"),
        (OUT.format("../../etc/passwd"), "no text of content"),
        (OUT.format("/etc/passwd"), "no text of content"),
        (OUT.format("content/doctors/../../site/pelicanconf.py"), "no text of content"),
        (OUT.format("site/pelicanconf.py"), "no text of content"),
        (OUT.format("content/README.md"), "no text of content"),
        (OUT.format("content/.schema/doctor.json"), "no text of content"),
        (OUT.format("content/images/a.png"), "no text of content"),
        (OUT.format("content/doctors/.hidden.md"), "no text of content"),
        (OUT.format(f"content/{CARD}").replace(f"+++ b/content/{CARD}", "+++ /dev/null"), "deletes"),
        (OUT.format(f"content/{CARD}").replace(f"--- a/content/{CARD}", "--- a/content/doctors/x.md"), "renames"),
        (OUT.format("content/doctors/nobody.md"), "is not there"),
        (a_patch("", DOCTOR), "is there already"),
        (f"diff --git a/content/{CARD} b/content/{CARD}\nGIT binary patch\nliteral 4\n", "binary"),
        (f"diff --git a/content/{CARD} b/content/x.md\nrename from content/{CARD}\n", "renames"),
        ("diff --git a/content/doctors/x.md b/content/doctors/x.md\nnew file mode 120000\n", "makes a link"),
        (f"diff --git a/content/{CARD} b/content/{CARD}\nold mode 100644\n", "rights"),
        (PRICE.replace("55.00", "55.00\u202e"), "invisible"),
        (PRICE + PRICE, "twice"),
        (PRICE[: PRICE.index("+        price")], "is broken"),
        ("Labdien! Lūdzu, nomainiet cenu.\n", "no change"),
        ("", "no change"),
        ("a" * 300_000, "larger"),
    ],
)
def test_a_patch_of_anything_else_is_refused(
    content: Path, given: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = inside_of(content.parent)

    assert apply(content, given) == 1

    assert said in capsys.readouterr().err
    assert {name: text for name, text in inside_of(content.parent).items() if name != "labojums.patch"} == before


def test_a_file_without_a_last_line_end_is_corrected_as_well(content: Path) -> None:
    bare = DOCTOR.rstrip("\n")
    (content / CARD).write_text(bare)

    assert apply(content, a_patch(bare, bare.replace("ритма сердца.", "ритма."))) == 0
    assert (content / CARD).read_text().endswith("Лечит нарушения ритма.")


def test_a_card_that_is_a_link_is_never_written_through(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = content.parent / "outside.md"
    (content / CARD).rename(outside)
    (content / CARD).symlink_to(outside)

    assert apply(content, PRICE) == 1
    assert "is a link" in capsys.readouterr().err
    assert outside.read_text() == DOCTOR


def test_a_lonely_part_is_found_where_it_moved_but_never_guessed() -> None:
    patch = FilePatch("doctors/x.md", fresh=False, hunks=[Hunk(1, ("b",), ("c",))])

    assert applied(patch, "a\nb\n") == "a\nc\n"
    with pytest.raises(PatchError, match="more than once"):
        applied(patch, "a\nb\nb\n")


def test_words_round_the_patch_are_passed_by() -> None:
    patches = parse(f"Labdien!\n\nrename 2 doctors\n{PRICE}-- \nPaldies, copy to all\n")

    assert [(patch.file, len(patch.hunks)) for patch in patches] == [(CARD, 1)]
