"""Building and publishing: equal bytes, in one step, and never a broken site."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from clinic_directory import build, commit_times, generation
from clinic_directory.edition import Site
from clinic_directory.problems import ContentError
from clinic_directory.publishing import NotOurs
from clinic_directory.reader import read
from clinic_directory.seo.security_txt import ExpiryError, security_txt
from clinic_directory.shelf import Shelf

from tests.builders.content import change, write
from tests.builders.sites import ADDRESS, BuiltSite, a_built_site, inside_of


def test_a_rebuild_without_a_change_publishes_nothing_new(content: Path, tmp_path: Path) -> None:
    place = tmp_path / "site"
    a_built_site(content, place)
    before, times = inside_of(place), {path: path.stat().st_mtime_ns for path in place.rglob("*")}

    said = build.build(content, place, ADDRESS, quick=True)

    assert said.endswith("nothing changed)")
    assert inside_of(place) == before
    assert {path: path.stat().st_mtime_ns for path in place.rglob("*")} == times


def test_a_build_from_nothing_equals_a_rebuild_after_edits(content: Path, tmp_path: Path) -> None:
    a_built_site(content, tmp_path / "site")
    change(content, "doctors/card-0.md", "family: Āboliņa", "family: Zvirbule")
    (content / "doctors" / "card-1.md").unlink()

    a_built_site(content, tmp_path / "site")

    assert inside_of(tmp_path / "site") == inside_of(a_built_site(content, tmp_path / "other").folder)


EDITS = (
    ("doctors/ilze-berzina.md", 'price: "55.00"', 'price: "57.00"'),
    ("doctors/ilze-berzina.md", "Strādā ar sirds", "Nodarbojas ar sirds"),
    ("doctors/card-2.md", "family: Čakste", "family: Žagars"),
    ("doctors/card-2.md", "payer: paid", "booking: phone\n        payer: paid"),
    ("doctors/laila.md", "given: Laila", "given: Lelde"),
    ("doctors/card-1.md", "    branch: juglas\n", ""),
    ("clinics/veja-roze.md", "street: Kastaņu aleja 12", "street: Kastaņu aleja 14"),
    ("clinics/veja-roze.md", "name: {lv: Klīnika „Vēja roze”", "name: {lv: Klīnika „Vēju roze”"),
    ("clinics/juras-prakse.md", "town: liepaja", "town: riga"),
    ("tables/towns.yaml", "lv: Rīgā", "lv: pašā Rīgā"),
    ("tables/prices.yaml", 'amount: "4.00"', 'amount: "5.00"'),
    ("lists/kardiologs--riga.md", "Rīgas kardiologi.", "Kardiologi Rīgā."),
    ("pages/palidziba.lv.md", "Zvaniet klīnikai.", "Zvaniet mums."),
)


def test_after_any_edit_the_warm_build_equals_a_clean_one(content: Path, tmp_path: Path) -> None:
    a_built_site(content, tmp_path / "warm")
    for number, (file, old, new) in enumerate(EDITS):
        change(content, file, old, new)

        warm = inside_of(a_built_site(content, tmp_path / "warm").folder)

        clean = inside_of(a_built_site(content, tmp_path / f"clean-{number}").folder)
        assert [name for name in warm.keys() | clean.keys() if warm.get(name) != clean.get(name)] == [], new


def test_one_edit_makes_only_the_pages_that_it_touches(content: Path, tmp_path: Path) -> None:
    def made() -> int:
        directory = read(content)
        site, times = Site(ADDRESS), commit_times.read(content)
        caches = generation.Caches(tmp_path / "pictures", shelf)
        return generation.generate(directory, site, times, tmp_path / "out", caches, date(2026, 11, 24)).made

    shelf = Shelf(tmp_path / "kept")
    first, again = made(), made()
    change(content, "doctors/card-2.md", "Strādā ar sirds", "Nodarbojas ar sirds")
    edited = made()

    assert (first > 40, again) == (True, 0)
    # Its own page, two clinics, the specialty everywhere and in the town, the towns and A–Z, in three languages.
    assert edited <= 3 * 8


def test_a_page_whose_card_is_gone_disappears(content: Path, tmp_path: Path) -> None:
    site = a_built_site(content, tmp_path / "site")
    assert (site.folder / "ru/arsti/card-3/index.html.br").exists()
    (content / "doctors" / "card-3.md").unlink()

    a_built_site(content, tmp_path / "site")

    assert not (site.folder / "ru/arsti/card-3").exists()


def test_broken_content_is_reported_whole_and_leaves_the_last_good_site(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "site"
    a_built_site(content, place)
    before, version = inside_of(place), place.resolve()
    change(content, "doctors/card-0.md", "specialties: [kardiologs]", "specialties: [kardiolog]")
    change(content, "clinics/veja-roze.md", "mon: 8:00-19:00", "mon: 8-19")

    code = build.main(["--content", str(content), "--output", str(place), "--quick"])

    report = capsys.readouterr().err
    assert code == 1
    assert "2 problems" in report
    assert 'doctors/card-0.md:13: specialties[0]: "kardiolog"' in report
    assert "The site stays as it was." in report
    assert (inside_of(place), place.resolve()) == (before, version)


def test_a_picture_that_breaks_only_when_it_is_cut_leaves_the_last_good_site(content: Path, tmp_path: Path) -> None:
    place = tmp_path / "site"
    a_built_site(content, place)
    before = inside_of(place)
    picture = content / "images" / "ilze-berzina.png"
    picture.write_bytes(picture.read_bytes()[:200])

    with pytest.raises(ContentError, match=r"images/ilze-berzina\.png"):
        build.build(content, place, ADDRESS, quick=True)

    assert inside_of(place) == before


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = build.main(["--content", str(tmp_path / "nowhere"), "--output", str(tmp_path / "site")])

    assert code == 1
    assert "nowhere" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_an_old_version_stays_whole_for_who_still_reads_it(content: Path, tmp_path: Path) -> None:
    place = tmp_path / "site"
    a_built_site(content, place)
    old = place.resolve()
    before = inside_of(old)
    change(content, "doctors/card-0.md", "family: Āboliņa", "family: Zvirbule")

    a_built_site(content, place)

    assert place.resolve() != old
    assert inside_of(old) == before


def test_two_builds_of_one_place_at_once_both_end_well(content: Path, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    words = ["--content", str(content), "--output", str(tmp_path / "site"), "--site-url", ADDRESS, "--quick"]
    command = [sys.executable, "-m", "clinic_directory.build", *words]

    both = [
        subprocess.Popen(command, env={"PYTHONPATH": f"{root}:{root / 'site'}"}, stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]

    assert [one.wait(60) for one in both] == [0, 0]
    clean = a_built_site(content, tmp_path / "other")
    assert inside_of(tmp_path / "site") == inside_of(clean.folder)


def test_two_versions_are_kept_and_older_ones_go(content: Path, tmp_path: Path) -> None:
    place = tmp_path / "site"
    for family in ("Āboliņa", "Zvirbule", "Zīlīte", "Žube"):
        write(content, "doctors/card-0.md", (content / "doctors/card-1.md").read_text().replace("Ābele", family))
        a_built_site(content, place)

    assert len([path for path in (tmp_path / "site.versions").iterdir() if len(path.name) == 16]) == 2


def test_a_folder_of_others_is_never_replaced(content: Path, tmp_path: Path) -> None:
    place = tmp_path / "home"
    write(place, "letter.txt", "mine")

    with pytest.raises(NotOurs):
        build.build(content, place, ADDRESS, quick=True)

    assert (place / "letter.txt").read_text() == "mine"


def test_text_files_have_compressed_copies_of_the_same_words(site: BuiltSite) -> None:
    import brotli

    page = site.folder / "arsti/ilze-berzina/index.html"

    assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == page.read_bytes()
    assert page.with_name("index.html.gz").exists()


def test_pelican_alone_builds_the_same_pages(content: Path, tmp_path: Path, site: BuiltSite) -> None:
    out = tmp_path / "out"
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "pelican", str(content), "-s", str(root / "site/pelicanconf.py"), "-o", str(out)]

    subprocess.run(command, cwd=root, env={"PYTHONPATH": f"{root}:{root / 'site'}"}, check=True, capture_output=True)

    pages = {name for name in inside_of(out) if name.endswith(".html")}
    assert pages == {name for name in inside_of(site.folder) if name.endswith(".html")}


def test_the_sitemaps_hold_every_page_that_may_be_found_and_no_other(site: BuiltSite) -> None:
    index = site.text("sitemap.xml")
    names = [name for name in inside_of(site.folder) if name.startswith("sitemap-") and name.endswith(".xml")]
    listed = [line.split("</loc>")[0] for name in names for line in site.text(name).split("<loc>")[1:]]

    assert all(f"<loc>{ADDRESS}/{name}</loc>" in index for name in names)
    assert sorted(listed) == sorted(ADDRESS + address for address in site.pages if "404" not in address)


def test_outside_git_no_page_says_when_it_changed(site: BuiltSite) -> None:
    assert "lastmod" not in site.text("sitemap-doctors-lv.xml")


def test_a_page_changed_when_the_newest_of_its_files_was_committed(content: Path, tmp_path: Path) -> None:
    def git(*words: str, day: str = "2026-11-01") -> None:
        stamp = f"{day}T10:00:00+0000"
        env = {"PATH": "/usr/bin:/bin", "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
        who = ["-c", "user.name=Anna", "-c", "user.email=anna@example.com"]
        subprocess.run(["git", *who, *words], cwd=content, env=env, check=True, capture_output=True)

    git("init")
    git("add", ".")
    git("commit", "-m", "first")
    change(content, "doctors/card-0.md", "family: Āboliņa", "family: Zvirbule")
    git("commit", "-am", "second", day="2026-11-20")
    change(content, "doctors/card-1.md", "family: Ābele", "family: Ozola")

    site = a_built_site(content, tmp_path / "site")

    lines = {
        line.split("</loc>")[0].removeprefix(f"<url><loc>{ADDRESS}"): line
        for line in site.text("sitemap-doctors-lv.xml").splitlines()
    }
    assert "<lastmod>2026-11-20T10:00:00+00:00" in lines["/arsti/card-0/"]
    assert "<lastmod>2026-11-01T10:00:00+00:00" in lines["/arsti/card-2/"]
    assert "lastmod" not in lines["/arsti/card-1/"]


def test_robots_may_read_everything_but_the_api_and_results_of_searches(site: BuiltSite) -> None:
    closed = ["/api/", "/search/?", "/ru/search/?", "/en/search/?"]

    lines = site.text("robots.txt").splitlines()

    assert lines[:2] == ["User-agent: *", f"Disallow: {closed[0]}"]
    assert [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")] == closed
    assert lines[-1] == f"Sitemap: {ADDRESS}/sitemap.xml"


def test_security_txt_is_there_only_with_a_contact_and_refuses_a_near_end() -> None:
    today = datetime(2026, 11, 24, tzinfo=UTC).date()

    def of(expires: date) -> bytes | None:
        return security_txt(
            Site(ADDRESS, security_contact="mailto:it@pieraksts.example", security_expires=expires), today
        )

    assert security_txt(Site(ADDRESS), today) is None
    assert b"Expires: 2027-06-01T00:00:00Z" in (of(date(2027, 6, 1)) or b"")
    for wrong in (today + timedelta(days=29), today + timedelta(days=366)):
        with pytest.raises(ExpiryError):
            of(wrong)
