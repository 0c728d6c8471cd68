"""The closed lists of words that content may choose from; the reader suggests the nearest for any other."""

from typing import Final, Literal, get_args

Lang = Literal["lv", "ru", "en"]
LANGS: Final[tuple[Lang, ...]] = get_args(Lang)
Spoken = Literal[
    "lv", "ru", "en", "de", "uk", "lt", "et", "pl", "be", "fr", "es", "it", "pt", "sv", "fi", "no", "da", "nl", "cs",
    "he", "ar", "tr", "ka", "hy", "az", "kk", "uz", "zh", "ja", "hi", "fa", "ro", "bg", "hu", "el",
]  # fmt: skip
ClinicKind = Literal["clinic", "dentist", "practice"]
DoctorKind = Literal["doctor", "nurse", "midwife", "room", "device"]
Payer = Literal["state", "paid"]
Where = Literal["on-site", "video", "phone", "home"]
Booking = Literal["online", "phone", "walk-in"]
Payment = Literal["card", "cash", "transfer"]
# schema.org MedicalSpecialty, release 30.1; "Dermatologic" is superseded and so not here.
SchemaOrg = Literal[
    "Anesthesia", "Audiology", "Cardiovascular", "CommunityHealth", "Dentistry", "Dermatology", "DietNutrition",
    "Emergency", "Endocrine", "Gastroenterologic", "Genetic", "Geriatric", "Gynecologic", "Hematologic", "Infectious",
    "LaboratoryScience", "Midwifery", "Musculoskeletal", "Neurologic", "Nursing", "Obstetric", "Oncologic",
    "Ophthalmology", "Optometric", "Otolaryngologic", "Pathology", "Pediatric", "PharmacySpecialty", "Physiotherapy",
    "PlasticSurgery", "Podiatric", "PrimaryCare", "Psychiatric", "PublicHealth", "Pulmonary", "Radiography", "Renal",
    "RespiratoryTherapy", "Rheumatologic", "SpeechPathology", "Surgical", "Toxicologic", "Urologic",
]  # fmt: skip
