"""Labels of named-entity models -> what we take them for; labels not listed are left out.

Times of day, quantities, products, nationalities and professions are not named by Safe Harbor.
"""

PERSON, PLACE, HOUSE, DATE = "NAMED_PERSON", "NAMED_PLACE", "NAMED_HOUSE", "NAMED_DATE"
AGE, ID, PHONE, EMAIL = "NAMED_AGE", "NAMED_ID", "NAMED_PHONE", "NAMED_EMAIL"
# Names of our own, so that Presidio does not merge them with what its recognisers of forms find.

_LABELS_OF_ENTITY = {
    # OntoNotes and CoNLL 2003 as general models have them; i2b2/UTHealth 2014 and models after it.
    PERSON: ("PERSON", "PER", "PATIENT", "STAFF", "HCW", "DOCTOR"),
    PLACE: ("GPE", "LOC", "FAC", "LOCATION", "CITY", "STREET", "ZIP", "LOCATION-OTHER"),
    HOUSE: ("ORG", "ORGANIZATION", "HOSP", "HOSPITAL", "PATORG"),
    DATE: ("DATE", "DATE_TIME"),
    AGE: ("AGE",),
    ID: ("ID", "IDNUM", "MEDICALRECORD", "DEVICE", "USERNAME"),
    PHONE: ("PHONE", "FAX"),
    EMAIL: ("EMAIL",),
}

ENTITY_OF_LABEL = {
    label: entity for entity, labels in _LABELS_OF_ENTITY.items() for label in labels
}
