"""The part of schema.org 30.0 that our pages use: which property stands on which type.

A type's own list holds what it adds to its ancestors; Google's rules for pages stand beside it.
"""

THING = {"name", "url", "image", "sameAs", "identifier", "potentialAction", "mainEntityOfPage"}
ORGANIZATION = {
    "address",
    "telephone",
    "email",
    "legalName",
    "logo",
    "contactPoint",
    "iso6523Code",
    "employee",
    "department",
    "knowsLanguage",
    "makesOffer",
    "hasCredential",
}
PLACE = {"geo", "hasMap", "openingHoursSpecification", "amenityFeature", "address", "telephone", "logo"}
LOCAL_BUSINESS = ORGANIZATION | PLACE | {"priceRange", "currenciesAccepted", "paymentAccepted"}
MEDICAL_ORGANIZATION = {"medicalSpecialty", "isAcceptingNewPatients", "healthPlanNetworkId"}
WEB_PAGE = {
    "breadcrumb",
    "mainEntity",
    "inLanguage",
    "lastReviewed",
    "reviewedBy",
    "primaryImageOfPage",
    "dateModified",
}
MEDICAL_BUSINESS = LOCAL_BUSINESS | MEDICAL_ORGANIZATION

PROPERTIES: dict[str, set[str]] = {
    "WebSite": {"inLanguage", "alternateName"},
    "WebPage": WEB_PAGE,
    "CollectionPage": WEB_PAGE,
    "Organization": ORGANIZATION,
    "MedicalClinic": MEDICAL_BUSINESS | {"availableService"},
    "PhysiciansOffice": MEDICAL_BUSINESS | {"availableService"},
    "Dentist": MEDICAL_BUSINESS,
    "IndividualPhysician": MEDICAL_BUSINESS | {"availableService", "practicesAt"},
    "Person": {
        "givenName",
        "familyName",
        "honorificPrefix",
        "jobTitle",
        "worksFor",
        "knowsLanguage",
        "hasCredential",
        "makesOffer",
    },
    "Service": {"provider", "offers", "serviceType"},
    "MedicalProcedure": set(),
    "MedicalSpecialty": set(),
    "Offer": {"itemOffered", "price", "priceCurrency"},
    "PostalAddress": {"streetAddress", "addressLocality", "postalCode", "addressCountry"},
    "GeoCoordinates": {"latitude", "longitude"},
    "OpeningHoursSpecification": {"dayOfWeek", "opens", "closes"},
    "LocationFeatureSpecification": {"value"},
    "PropertyValue": {"propertyID", "value"},
    "EducationalOccupationalCredential": {"credentialCategory", "expires"},
    "ReserveAction": {"target"},
    "EntryPoint": {"urlTemplate", "actionPlatform"},
    "ContactPoint": {"email", "telephone", "availableLanguage"},
    "BreadcrumbList": {"itemListElement"},
    "ItemList": {"itemListElement"},
    "ListItem": {"position", "item"},
}
BUSINESSES = {"MedicalClinic", "PhysiciansOffice", "Dentist", "IndividualPhysician"}
"""They are LocalBusiness too, which Google wants with a name and an address."""
