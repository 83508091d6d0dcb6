"""Results of a visit -> a FHIR R4 document Bundle."""
