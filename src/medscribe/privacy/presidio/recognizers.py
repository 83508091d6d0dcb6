"""Presidio's recognisers of forms that we use, none of which leaves this machine."""

from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

_FORMS = (
    *("DateRecognizer", "UrlRecognizer", "IpRecognizer", "MacAddressRecognizer"),
    *("UuidRecognizer", "CreditCardRecognizer", "IbanRecognizer", "CryptoRecognizer"),
    *("UsSsnRecognizer", "UsItinRecognizer", "UsPassportRecognizer", "UsLicenseRecognizer"),
    *("UsBankRecognizer", "AbaRoutingRecognizer", "MedicalLicenseRecognizer", "UsNpiRecognizer"),
    *("UsMbiRecognizer", "UsHealthInsuranceMemberIdRecognizer", "UsClaimNumberRecognizer"),
    *("UsPriorAuthorizationNumberRecognizer", "UsPrescriptionNumberRecognizer"),
    *("UsReferralNumberRecognizer", "UsProviderTaxIdRecognizer"),
    *("NhsRecognizer", "UkNinoRecognizer", "UkPassportRecognizer", "UkPostcodeRecognizer"),
    *("UkDrivingLicenceRecognizer", "UkVehicleRegistrationRecognizer"),
    *("CaSinRecognizer", "CaPostalCodeRecognizer"),
)


def form_recognizers() -> "list[EntityRecognizer]":
    """New recognisers for English: the general ones, and those of the US, the UK and Canada."""
    from presidio_analyzer import predefined_recognizers

    return [
        _offline_email_recognizer(),
        # Numbers that have the form of a telephone number but are not given out count as well:
        # recognition gets a figure wrong. Our table tells lists of values from them.
        predefined_recognizers.PhoneRecognizer(leniency=0),
        *(getattr(predefined_recognizers, name)() for name in _FORMS),
    ]


def _offline_email_recognizer() -> "EntityRecognizer":
    """Presidio's looks a domain up in a list that it fetches from two servers and keeps in a
    cache folder; this one asks the copy of the list that is in the package.
    """
    import tldextract
    from presidio_analyzer.predefined_recognizers import EmailRecognizer

    extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    recognizer = EmailRecognizer()
    recognizer.validate_result = partial(_has_known_suffix, extract)
    return recognizer


def _has_known_suffix(extract: Any, address: str) -> bool | None:
    """True confirms the address; None leaves its score, as an unlisted domain is still one."""
    return True if extract(address).fqdn else None
