"""The JSON-LD of a clinic's page and of the home page."""

from collections.abc import Iterable, Sequence
from functools import cache
from urllib.parse import urlsplit

from clinic_directory import facts, paths
from clinic_directory.edition import Edition, Node
from clinic_directory.schema import Branch, Clinic, Doctor, Practice
from clinic_directory.seo import graph
from clinic_directory.seo.graph import node
from clinic_directory.told import plain
from theme.assets import STATIC, hashed


def clinic(edition: Edition, found: Clinic, images: Sequence[str] = ()) -> Node:
    """`images` are addresses of its photo's shapes. A Dentist may not have `availableService`; none is given."""
    people = edition.directory.practices_of(found.slug)
    services = [service for _, practice in people for service in practice.services]
    return node(
        graph.clinic_type(found),
        id=graph.clinic_id(edition, found.slug),
        name=plain(found.name),
        legalName=found.company_name,
        url=edition.url(paths.clinic(found.slug)),
        image=list(images),
        telephone=found.phones[0],
        email=found.email,
        address=graph.postal(edition, found.address),
        geo=graph.geo(found.address),
        hasMap=paths.on_map(found.address),
        openingHoursSpecification=graph.opening(found.hours),
        medicalSpecialty=_specialties(edition, found),
        currenciesAccepted="EUR" if facts.prices(services) else "",
        paymentAccepted=facts.payments(found.payment),
        priceRange=facts.price_range(services),
        amenityFeature=_amenities(found),
        iso6523Code=f"0218:{found.company_number}",
        identifier=[node("PropertyValue", propertyID="LV-AI", value=found.institution_code)],
        sameAs=[found.site] if found.site else [],
        employee=_people(edition, people),
        department=[_branch(edition, found, branch) for branch in found.branches],
        parentOrganization=group(edition, found.group) if found.group in edition.lists.group_pages else None,
    )


def group(edition: Edition, slug: str | None) -> Node:
    """Clinics of one owner, as each of them and their own page name it."""
    path = paths.group(slug or "")
    name = plain(edition.directory.groups[slug or ""].name)
    return node("Organization", id=f"{edition.url(path)}#group", name=name, url=edition.url(path))


def _people(edition: Edition, people: Iterable[tuple[Doctor, Practice]]) -> list[Node]:
    slugs = dict.fromkeys(doctor.slug for doctor, _ in people if doctor.is_person)
    return [{"@id": edition.url(paths.doctor(slug)) + "#person"} for slug in slugs]


def _branch(edition: Edition, found: Clinic, branch: Branch) -> Node:
    people = edition.directory.practices_of(found.slug)
    return node(
        graph.clinic_type(found),
        id=f"{graph.clinic_id(edition, found.slug)}-{branch.id}",
        name=plain(branch.name),
        employee=_people(edition, [pair for pair in people if pair[1].branch == branch.id]),
        telephone=(branch.phones or found.phones)[0],
        address=graph.postal(edition, branch.address),
        geo=graph.geo(branch.address),
        hasMap=paths.on_map(branch.address),
        openingHoursSpecification=graph.opening(branch.hours),
    )


def _specialties(edition: Edition, found: Clinic) -> list[str | Node]:
    """Each specialty once, in the order of doctors; one that the vocabulary lacks by the heading that it has."""
    values: dict[str, str | Node] = {}
    for doctor, practice in edition.directory.practices_of(found.slug):
        for number, slug in enumerate(doctor.specialties):
            specialty = edition.directory.specialties[slug]
            values |= {value: value for value in graph.values_of(specialty)}
            if not specialty.schema_org and number == 0 and practice.branch is None:
                values[slug] = node("MedicalSpecialty", name=plain(specialty.plural))
    return list(values.values())


def _amenities(found: Clinic) -> list[Node]:
    phrases = facts.access(found.accessibility)
    return [node("LocationFeatureSpecification", name=facts.sentence(phrase), value=True) for phrase in phrases]


def portal(edition: Edition, name: str) -> list[Node]:
    """The site itself; who runs it and contacts only where the deployment gives them."""
    site, url = edition.site, edition.url(paths.HOME)
    host = urlsplit(site.url).hostname or ""
    contact = node("ContactPoint", email=site.email, availableLanguage=["lv", "ru", "en"])
    return [
        node(
            "WebSite",
            id=f"{site.url}/#site",
            name=name,
            alternateName=host if "." in host else "",
            url=url,
            inLanguage=edition.lang,
            publisher={"@id": f"{site.url}/#organization"},
        ),
        node(
            "Organization",
            id=f"{site.url}/#organization",
            name=name,
            legalName=site.operator,
            url=f"{site.url}/",
            logo=site.url + _logo(),
            iso6523Code=f"0218:{site.operator_number}" if site.operator_number else "",
            contactPoint=contact if site.email else None,
        ),
    ]


@cache
def _logo() -> str:
    """The mark as the pages load it."""
    name = "favicon.svg"
    return f"/theme/{hashed(name, (STATIC / 'pictures' / name).read_bytes())}"
