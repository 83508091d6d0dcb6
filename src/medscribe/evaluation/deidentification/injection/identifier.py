"""What an injected identifier is: its parts, and the kind it must be masked as."""

from dataclasses import dataclass

from medscribe.domain.privacy import PiiKind

KINDS: dict[str, PiiKind] = {
    "patient_name": PiiKind.NAME,
    "relative_name": PiiKind.NAME,
    "clinician_name": PiiKind.NAME,
    "employer_contact": PiiKind.NAME,
    "birth_date": PiiKind.DATE,
    "visit_date": PiiKind.DATE,
    "admission_date": PiiKind.DATE,
    "age_over_89": PiiKind.AGE_OVER_89,
    "street_address": PiiKind.LOCATION,
    "town": PiiKind.LOCATION,
    "zip": PiiKind.LOCATION,
    "phone": PiiKind.PHONE,
    "fax": PiiKind.PHONE,
    "email": PiiKind.EMAIL,
    "ssn": PiiKind.SSN,
    "mrn": PiiKind.RECORD_NUMBER,
    "health_plan": PiiKind.ACCOUNT_NUMBER,
    "account": PiiKind.ACCOUNT_NUMBER,
    "license": PiiKind.LICENSE_NUMBER,
    "device": PiiKind.DEVICE_ID,
    "url": PiiKind.URL,
    "ip": PiiKind.IP_ADDRESS,
    "other_code": PiiKind.OTHER_ID,
}
"""What is injected -> its kind."""


@dataclass(frozen=True)
class Identifier:
    """A made-up identifier in parts, as it is written or said, in its usual upper and lower case.

    ("206", "555", "0142") with joint " dash " is "206 dash 555 dash 0142".
    """

    parts: tuple[str, ...]
    joint: str = " "

    def filling(self, slot: str) -> str:
        """What stands in a carrier for "{}" (all), "{a}" (first part), "{b}" (after it), "{z}"
        (last part); a part that an identifier lacks is all of it."""
        if slot == "{a}":
            return self.parts[0]
        if slot == "{b}":
            return self.joint.join(self.parts[1:] or self.parts)
        return self.parts[-1] if slot == "{z}" else self.joint.join(self.parts)
