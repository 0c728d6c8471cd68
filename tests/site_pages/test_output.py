"""The folder that a build writes into."""

from pathlib import Path

from clinic_directory.output import Output


def test_a_folder_of_which_nothing_is_remembered_loses_pages_with_their_compressed_copies(tmp_path: Path) -> None:
    for name in ("old/index.html", "old/index.html.br", "old/index.html.gz", "kept/index.html", "kept/index.html.br"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"a page")
    output = Output(tmp_path)

    output.write("kept/index.html", b"a page")
    output.prune()

    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == [
        "kept",
        "kept/index.html",
        "kept/index.html.br",
    ]
